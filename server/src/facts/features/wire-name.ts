import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';
import { constantChannel, methodChannel, optionChannel, plainCallChannel } from './wire-words.ts';

/**
 * Names under which data leaves the process, or comes back to it: keys of browser storage, cookies and caches, topics, queues and
 * events of buses. The value is the name; holes of a template are `${}` in it. `owner` says what kind of name it is.
 */
export const wireNames: Extractor = {
  nodes: [
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.NewExpression,
    ts.SyntaxKind.PropertyAssignment,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.PropertyDeclaration,
  ],
  kinds: ['wire-name'],
  mentions:
    /storage|cookie|redis|cache|\bkv\b|memcache|queue|topic|channel|exchange|routing|event|publish|subscribe|emit|socket|\bio\b|\bws\b|bus\b|broker|nats|mqtt|persist|Persist|Worker\b|enqueue|ipc(?:Main|Renderer)|[A-Z]_KEY|Key\b/i,
  take(node, place) {
    if (ts.isCallExpression(node)) return ofCall(node, place);
    if (ts.isNewExpression(node)) return ofNew(node, place);
    if (ts.isPropertyAssignment(node)) return ofProperty(node, place);
    if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) return ofConstant(node, place);
    return [];
  },
  says: (file) => [...constantsOnTheWire(file)].map(([name, kind]) => `${kind} ${name}`),
};

function ofCall(call: ts.CallExpression, place: ExtractorPlace): Feature[] {
  const name = calleeName(call.expression);
  if (ts.isPropertyAccessExpression(call.expression)) {
    const receiver = call.expression.expression.getText(place.file);
    const channel = methodChannel(receiver, name);
    if (channel) return named(channel, name, firstText(call.arguments.slice(0, 1)), call, place);
  }
  const channel = plainCallChannel(name);
  if (channel) return named(channel, name, firstText(call.arguments.slice(0, 2)), call, place);
  // A function of one's own that publishes: what it is given is a topic where it is written like one (`parcel.moved`).
  const first = call.arguments[0] && unwrap(call.arguments[0]);
  const topic = /^(?:publish|enqueue|dispatchEvent)$/.test(name) && call.arguments.length > 1 ? first : undefined;
  return topic && /\w[.:/]\w/.test(textOf(topic) ?? '') ? named('topic', name, topic, call, place) : [];
}

/** `new Queue('mail')`, `new BroadcastChannel('cart')`. */
function ofNew(node: ts.NewExpression, place: ExtractorPlace): Feature[] {
  const name = calleeName(node.expression);
  const channel = name === 'BroadcastChannel' ? 'channel' : isQueue(name, node) ? 'queue' : undefined;
  return channel ? named(channel, name, firstText((node.arguments ?? []).slice(0, 1)), node, place) : [];
}

/** A worker of a queue is named as the queue is; one of the platform is given a file. */
function isQueue(name: string, { arguments: given }: ts.NewExpression): boolean {
  if (name !== 'Worker') return /^(?:Queue|QueueEvents)$/.test(name);
  const first = given?.[0] && textOf(unwrap(given[0]));
  return (given?.length ?? 0) > 1 && first !== undefined && !/[/\\]|\.[cm]?[jt]s$/.test(first);
}

/** `{ topic: 'orders' }`, `persist(store, { name: 'cart' })`, and members of a constant that lists names. */
function ofProperty(node: ts.PropertyAssignment, place: ExtractorPlace): Feature[] {
  const value = unwrap(node.initializer);
  if (textOf(value) === undefined) return [];
  const name = ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name) ? node.name.text : '';
  const channel =
    optionChannel(name) ??
    (name === 'name' && isPersistOption(node) ? 'storage key' : undefined) ??
    (isTypeOfMessage(name, value, node) ? 'event' : undefined);
  if (channel) return named(channel, `option ${name}`, value, node, place);
  const holder = constantAround(node);
  const listed = holder && constantChannel(holder.name, true);
  return listed ? named(listed, `constant ${holder.name}.${name}`, value, node, place) : [];
}

function ofConstant(node: ts.VariableDeclaration | ts.PropertyDeclaration, place: ExtractorPlace): Feature[] {
  if (!node.initializer || !ts.isIdentifier(node.name) || !isConstant(node)) return [];
  const value = unwrap(node.initializer);
  if (textOf(value) === undefined) return [];
  const name = node.name.text;
  const used = ts.isVariableDeclaration(node) ? constantsOnTheWire(place.file).get(name) : undefined;
  const channel = used ?? constantChannel(name, false);
  return channel ? named(channel, `constant ${name}`, value, node, place) : [];
}

function named(
  channel: string,
  by: string,
  value: ts.Expression | undefined,
  at: ts.Node,
  { file }: ExtractorPlace,
): Feature[] {
  const text = value && textOf(value);
  if (!value || text === undefined || !isName(text)) return [];
  return [
    {
      kind: 'wire-name',
      key: `${channel} ${by}`,
      range: { start: value.getStart(file), end: value.end },
      text: shortText(at.getText(file), value.getText(file)),
      value: text,
      literal: value.getText(file),
      owner: channel,
    },
  ];
}

const ofConnections = new Set(
  'connect connection connected disconnect disconnected connect_error error message messages close closed data end open ready exit finish drain upgrade reconnect timeout'.split(
    ' ',
  ),
);

/** Texts for people are no names, and what every connection tells is nobody's choice. */
function isName(text: string): boolean {
  if (ofConnections.has(text)) return false;
  return text !== '' && text.length <= 120 && !/\s/.test(text) && /[A-Za-z]/.test(text.replace(/\$\{\}/g, ''));
}

function shortText(whole: string, value: string): string {
  const line = whole.replace(/\s+/g, ' ');
  return line.length <= 100 ? line : value;
}

function firstText(args: readonly ts.Expression[]): ts.Expression | undefined {
  return args.map(unwrap).find((one) => textOf(one) !== undefined);
}

function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((one) => `\${}${one.literal.text}`).join('');
}

/** What a program's parts share: a `const` of the module, or a `readonly` or static property of a class. */
function isConstant(node: ts.VariableDeclaration | ts.PropertyDeclaration): boolean {
  if (ts.isPropertyDeclaration(node))
    return (
      node.modifiers?.some(
        (one) => one.kind === ts.SyntaxKind.ReadonlyKeyword || one.kind === ts.SyntaxKind.StaticKeyword,
      ) ?? false
    );
  return ts.isVariableDeclarationList(node.parent) && (node.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** The module's constant whose object literal holds a property directly. */
function constantAround(node: ts.PropertyAssignment): { readonly name: string } | undefined {
  let at: ts.Node = node.parent;
  while (ts.isObjectLiteralExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || isFreeze(at))
    at = at.parent;
  if (!ts.isVariableDeclaration(at) || !ts.isSourceFile(at.parent.parent.parent)) return undefined;
  return ts.isIdentifier(at.name) ? { name: at.name.text } : undefined;
}

function isFreeze(node: ts.Node): boolean {
  return ts.isCallExpression(node) && calleeName(node.expression) === 'freeze';
}

/** `publish({ type: 'order.paid', payload })` */
function isTypeOfMessage(name: string, value: ts.Expression, node: ts.PropertyAssignment): boolean {
  const call = node.parent.parent;
  return (
    /^(?:type|eventType|eventName|event)$/.test(name) &&
    ts.isCallExpression(call) &&
    /^(?:publish|publishEvent|emitEvent|sendEvent|enqueue)$/.test(calleeName(call.expression)) &&
    /\w[.:/_-]\w/.test(textOf(value) ?? '')
  );
}

/** zustand's way to name what it stores. */
function isPersistOption(node: ts.PropertyAssignment): boolean {
  const call = node.parent.parent;
  return ts.isCallExpression(call) && wordsOf(calleeName(call.expression)).includes('persist');
}

const used = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();
const places = /\.\s*([A-Za-z]+)\s*(?:<[^>()]*>)?\(\s*([A-Za-z_$][\w$]*)\s*[,)]/g;
/** Longer ones are no names of anything. */
const longestReceiver = 120;

/** Constants by name that this file hands to storage, cookies or buses, with what kind of name they are. */
function constantsOnTheWire(file: ts.SourceFile): ReadonlyMap<string, string> {
  const known = used.get(file);
  if (known) return known;
  const found = new Map<string, string>();
  const { text } = file;
  for (const { index, 1: method, 2: argument } of text.matchAll(places)) {
    // Looked for behind a match: in front of it, the search would begin anew at each letter of each word.
    const receiver = /[\w$.]+(?=\s*$)/.exec(text.slice(Math.max(0, index - longestReceiver), index))?.[0];
    const channel = receiver && methodChannel(receiver, method!);
    if (channel) found.set(argument!, channel);
  }
  used.set(file, found);
  return found;
}
