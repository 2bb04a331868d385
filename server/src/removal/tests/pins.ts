import { ts } from 'ts-morph';
import { isWrapper, unwrap } from '../../facts/run-time.ts';
import type { FlagValue } from '../../flags/flag.ts';
import type { Source } from '../source.ts';
import { askedBy } from './asked.ts';
import { calleeNames, contextSpeaks } from './context.ts';
import { isPlainWord, type Naming, type TestFlag } from './names.ts';
import { coreOf, fieldOf, nameText, speaksOfFlags, valueFields } from './values.ts';

/** A place where a test sets a flag. */
export interface Pin {
  readonly flag: TestFlag;
  /** Where it names the flag. */
  readonly node: ts.Node;
  /** What it sets it to: a value, or an expression that may be known. */
  readonly value: FlagValue | ts.Expression | undefined;
  /** The set-up sets nothing but this flag. */
  readonly alone: boolean;
  readonly removal: Removal;
}

export type Removal =
  /** A call or an assignment: its statement, or its link of a chain. */
  | { readonly kind: 'call'; readonly call: ts.Expression }
  /** A member of an object or a list. */
  | { readonly kind: 'member'; readonly member: ts.Node }
  /** A function stands in for the reader, and compares what it is asked for with the key. */
  | { readonly kind: 'asked'; readonly by: ts.FunctionLikeDeclaration }
  /** It does no harm where it is. */
  | { readonly kind: 'none' };

export interface Pins {
  readonly pins: readonly Pin[];
  /** Places that name a flag in a way of which nothing certain follows. */
  readonly unclear: readonly { readonly flag: TestFlag; readonly node: ts.Node; readonly asserts?: true }[];
}

/** Finds where a test file sets flags. Reads in `reads` (spans) are no set-up. */
export function findPins(
  source: Source,
  flags: readonly TestFlag[],
  naming: Naming,
  isRead: (node: ts.Node) => boolean,
): Pins {
  const pins: Pin[] = [];
  const unclear: { flag: TestFlag; node: ts.Node; asserts?: true }[] = [];
  const byProperty = (name: string): TestFlag | undefined => flags.find((flag) => flag.properties.has(name));
  const take = (
    flag: TestFlag,
    node: ts.Node,
    made: Omit<Pin, 'flag' | 'node'> | 'unclear' | 'asserts' | 'nothing',
  ) => {
    if (made === 'nothing' || (typeof made === 'string' && isPlainWord(flag.key))) return;
    if (typeof made === 'string') unclear.push({ flag, node, ...(made === 'asserts' && { asserts: true }) });
    else pins.push({ flag, node, ...made, value: isExpression(made.value) ? coreOf(made.value) : made.value });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isRead(node)) return;
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      const named = ts.isComputedPropertyName(node.name) ? undefined : nameText(node.name);
      const flag = named === undefined ? undefined : byProperty(named);
      if (flag) take(flag, node.name, inRecord(flag, node));
      if (ts.isPropertyAssignment(node)) {
        if (ts.isComputedPropertyName(node.name)) visit(node.name);
        visit(node.initializer);
      }
      return;
    }
    if (ts.isPropertyAccessExpression(node)) {
      const flag = byProperty(node.name.text);
      const set = flag && assigned(flag, node, node.expression);
      if (flag && set) take(flag, node.name, set);
    }
    if (ts.isStringLiteralLike(node) || ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)) {
      const flag = isName(node) ? naming(node) : undefined;
      if (flag) {
        take(flag, node, classify(source, flag, node, naming));
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return { pins, unclear };
}

function isExpression(value: Pin['value']): value is ts.Expression {
  return typeof value === 'object';
}

/** The name of a declaration or a member is no expression. */
function isName(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent))
    return parent.initializer === node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node && !ts.isIdentifier(node);
  return !ts.isExportSpecifier(parent) && !ts.isJsxAttribute(parent) && !ts.isLiteralTypeNode(parent);
}

type Made = Omit<Pin, 'flag' | 'node'> | 'unclear' | 'asserts' | 'nothing';

function classify(source: Source, flag: TestFlag, node: ts.Expression, naming: Naming): Made {
  let at: ts.Node = node;
  while (isWrapper(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isComputedPropertyName(parent) && ts.isPropertyAssignment(parent.parent)) return inRecord(flag, parent.parent);
  if (ts.isElementAccessExpression(parent)) return assigned(flag, parent, parent.expression) ?? 'unclear';
  // `const KEY = 'x'`: where the constant is used counts.
  if (ts.isVariableDeclaration(parent)) return 'nothing';
  const asked = askedBy(source, at as ts.Expression, naming);
  if (asked) return { value: asked.value(flag.key), alone: asked.alone, removal: { kind: 'asked', by: asked.by } };
  if (ts.isCallExpression(parent) && parent.arguments.includes(at as ts.Expression))
    return inCall(flag, parent, parent.arguments.indexOf(at as ts.Expression));
  if (ts.isArrayLiteralExpression(parent)) return inList(flag, parent, at as ts.Expression);
  if (ts.isPropertyAssignment(parent) && parent.initializer === at) return inDetails(flag, parent);
  return ts.isStringLiteralLike(node) || ts.isPropertyAccessExpression(node) ? 'unclear' : 'nothing';
}

/** `{ 'new-cart': true }` */
function inRecord(flag: TestFlag, property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): Made {
  const record = property.parent;
  const speaks = contextSpeaks(record, flag.readers) || (flag.isVariable && contextSpeaks(record, environment));
  if (!speaks) return 'nothing';
  const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
  const alone = record.properties.length === 1;
  return { value, alone, removal: { kind: 'member', member: property } };
}

const environment = new Set(['env', 'environment', 'ENV']);

/** `process.env.NEW_CART = 'true'`, `flags[KEY] = true`, `delete process.env.NEW_CART` */
function assigned(flag: TestFlag, place: ts.Expression, holder: ts.Expression): Made | undefined {
  const names = holder.getText().split('.');
  const speaks = names.some(speaksOfFlags) || (flag.isVariable && environment.has(names.at(-1)!));
  const { parent } = place;
  if (!speaks) return undefined;
  if (ts.isDeleteExpression(parent)) {
    const value = typeof flag.keep === 'boolean' ? false : undefined;
    return { value, alone: true, removal: { kind: 'call', call: parent } };
  }
  if (!ts.isBinaryExpression(parent) || parent.left !== place) return undefined;
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return { value: parent.right, alone: true, removal: { kind: 'call', call: parent } };
}

const setters =
  /^(?:set|mock|override|stub|force|toggle|update|put|with|given|use|define|fake|seed|insert|add)(?![a-z])/;
const enablers = /^(?:enable|activate|turnOn|switchOn)(?![a-z])/;
const disablers = /^(?:disable|deactivate|turnOff|switchOff)(?![a-z])/;
const answers =
  /^(?:mock(?:Return|Resolved)Value(?:Once)?|returns|resolves|thenReturn|thenResolve|variationForAll|valueForAll|on|mockReturn)$/;

function inCall(flag: TestFlag, call: ts.CallExpression, index: number): Made {
  const names = calleeNames(call.expression);
  const last = names.at(-1) ?? '';
  if (/^(?:it|test|describe|context|suite|specify|step|fit|xit|fdescribe|xdescribe)$/.test(names[0] ?? ''))
    return 'nothing';
  if (
    /^to\w*Called\w*With$|^toHaveBeen\w+$|^calledWith$|^assert/.test(last) &&
    /^(?:expect|assert|sinon)/.test(names[0] ?? '')
  )
    return 'asserts';
  const speaks = names.some((name) => speaksOfFlags(name) || flag.readers.has(name));
  const chained = answered(call);
  if (chained) return { value: chained.value, alone: true, removal: { kind: 'call', call: chained.call } };
  if (!speaks && isPlainWord(flag.key)) return 'nothing';
  const next = call.arguments[index + 1];
  const removal = { kind: 'call', call } as const;
  if (enablers.test(last) && !next)
    return { value: typeof flag.keep === 'boolean' ? true : undefined, alone: true, removal };
  if (disablers.test(last) && !next)
    return { value: typeof flag.keep === 'boolean' ? false : undefined, alone: true, removal };
  if (next && (setters.test(last) || enablers.test(last) || /^(?:env|task)$/.test(last)))
    return { value: next, alone: true, removal };
  return 'unclear';
}

/** `when(useFlag).calledWith(KEY).mockReturnValue(true)`, `stub.withArgs(KEY).returns(true)`, `td.update(td.flag(KEY).on(true))`. */
function answered(call: ts.CallExpression): { value: ts.Expression; call: ts.Expression } | undefined {
  if (!/^(?:calledWith|withArgs|flag|when|with|callsWith)$/.test(calleeNames(call.expression).at(-1) ?? ''))
    return undefined;
  let value: ts.Expression | undefined;
  let at: ts.Expression = call;
  for (;;) {
    const { parent } = at;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === at) at = parent;
    else if (ts.isCallExpression(parent) && parent.expression === at) {
      const name = ts.isPropertyAccessExpression(at) ? at.name.text : '';
      if (answers.test(name) && parent.arguments.length === 1) {
        if (value) return undefined;
        value = parent.arguments[0]!;
      }
      at = parent;
    } else if (
      ts.isCallExpression(parent) &&
      parent.arguments.length === 1 &&
      /^(?:update|add)$/.test(calleeNames(parent.expression).at(-1) ?? '')
    )
      at = parent;
    else break;
  }
  return value && { value, call: at };
}

/** `new Map([[KEY, true]])`, `enabledFlags: [KEY]` */
function inList(flag: TestFlag, list: ts.ArrayLiteralExpression, element: ts.Expression): Made {
  const index = list.elements.indexOf(element);
  const [, second, ...more] = list.elements;
  if (!contextSpeaks(list, flag.readers)) return 'unclear';
  if (index === 0 && second && more.length === 0 && ts.isArrayLiteralExpression(list.parent) && !isText(second))
    return { value: second, alone: list.parent.elements.length === 1, removal: { kind: 'member', member: list } };
  const holder = unwrapUp(list);
  const names = ts.isCallExpression(holder) ? calleeNames(holder.expression) : [];
  const isOff =
    names.some((name) => disablers.test(name)) ||
    (ts.isPropertyAssignment(holder) && /^(?:disabled|off)/.test(holder.name.getText()));
  const isList = list.elements.every(
    (one) => isText(one) || ts.isPropertyAccessExpression(one) || ts.isIdentifier(one),
  );
  const isEach = names.includes('each') || ts.isArrayLiteralExpression(holder);
  if (typeof flag.keep !== 'boolean' || !isList || isEach) return 'unclear';
  return { value: !isOff, alone: list.elements.length === 1, removal: { kind: 'member', member: element } };
}

function unwrapUp(node: ts.Node): ts.Node {
  let at = node.parent;
  while (isWrapper(at)) at = at.parent;
  return at;
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(unwrap(node));
}

/** `{ name: 'new-cart', enabled: true }` in a list of flags, or given to what sets one. */
function inDetails(flag: TestFlag, property: ts.PropertyAssignment): Made {
  const record = property.parent;
  const named = nameText(property.name) ?? '';
  if (!/^(?:name|key|id|slug)$|[fF]lag|[fF]eature|[tT]oggle|[eE]xperiment/.test(named)) return 'unclear';
  const value = valueFields.map((name) => fieldOf(record, name)).find((one) => one !== undefined);
  if (!value || !contextSpeaks(record, flag.readers)) return 'unclear';
  const holder = unwrapUp(record);
  if (ts.isArrayLiteralExpression(holder))
    return { value, alone: holder.elements.length === 1, removal: { kind: 'member', member: record } };
  if (!ts.isCallExpression(holder) || holder.arguments.length !== 1) return 'unclear';
  return { value, alone: true, removal: { kind: 'call', call: holder } };
}
