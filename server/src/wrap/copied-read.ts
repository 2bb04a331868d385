import camelCase from 'lodash.camelcase';
import { ts } from 'ts-morph';
import { own } from '../core/own.ts';
import { isSourcePath } from '../core/snapshot.ts';
import type { TextEdit } from '../core/source-change.ts';
import { parse } from '../facts/parse.ts';
import type { FlagRead } from '../flags/flag.ts';
import { carry, type Rename, rewritten, usable } from './carried-names.ts';
import { isHookName } from './hooks.ts';
import { Scopes } from './names.ts';
import { type Origin, type RawRead, type Site, Unfit } from './site.ts';
import { quoted } from './style.ts';
import { ancestor, deepest } from './syntax.ts';

/**
 * Repeats an existing read with another key and `false` as its default. Names that it uses are taken over where they mean
 * the same at the site, or imported. `Unfit` says which name stands in the way.
 */
export function copyRead(read: FlagRead, site: Site): RawRead | Unfit {
  const same = read.path === site.path;
  const text = same ? site.file.text : site.world.text(read.path);
  if (text === undefined || read.result.kind === 'component' || !isSourcePath(read.path)) return new Unfit('');
  if (!isPlain(read)) return new Unfit('');
  const file = same ? site.file : parse(read.path, text);
  const origin: Origin = { path: read.path, file, scopes: same ? site.scopes : new Scopes(file) };
  const node = deepest(file, read.range.start, read.range.end);
  if (read.result.kind === 'binding') return fromBinding(node, read, origin, site);
  const call = unwrapped(node);
  if (ts.isPropertyAccessExpression(call) || ts.isElementAccessExpression(call))
    return fromProperty(call, read, origin, site);
  return ts.isCallExpression(call) ? fromCall(call, read, origin, site) : new Unfit('');
}

/** Its value is the flag's, at once or in a field by its own name: listeners, guards, tuples and `isOff` are nothing to repeat. */
function isPlain({ result, inverted }: FlagRead): boolean {
  const field = 'field' in result ? result.field : undefined;
  return result.kind !== 'other' && inverted !== true && (field === undefined || /^[A-Za-z_$][\w$]*$/.test(field));
}

/** The boolean sister of methods that read other types, and of those that return details. */
const booleanForms: Readonly<Record<string, string>> = {
  stringVariation: 'boolVariation',
  numberVariation: 'boolVariation',
  jsonVariation: 'boolVariation',
  boolVariationDetail: 'boolVariation',
  stringVariationDetail: 'boolVariation',
  numberVariationDetail: 'boolVariation',
  jsonVariationDetail: 'boolVariation',
  variationDetail: 'variation',
  getStringValue: 'getBooleanValue',
  getNumberValue: 'getBooleanValue',
  getObjectValue: 'getBooleanValue',
  getBooleanDetails: 'getBooleanValue',
  getStringDetails: 'getBooleanValue',
  getNumberDetails: 'getBooleanValue',
  getObjectDetails: 'getBooleanValue',
  useStringVariation: 'useBoolVariation',
  useNumberVariation: 'useBoolVariation',
  useJsonVariation: 'useBoolVariation',
  useBoolVariationDetail: 'useBoolVariation',
  useStringFlagValue: 'useBooleanFlagValue',
  useNumberFlagValue: 'useBooleanFlagValue',
  useObjectFlagValue: 'useBooleanFlagValue',
  useBooleanFlagDetails: 'useBooleanFlagValue',
  useStringFlagDetails: 'useBooleanFlagValue',
  useNumberFlagDetails: 'useBooleanFlagValue',
  useObjectFlagDetails: 'useBooleanFlagValue',
  getVariant: 'isEnabled',
  forceGetVariant: 'isEnabled',
  useVariant: 'useFlag',
};

/** Forms that take nothing after the key, so that further arguments of the other form are dropped. */
const keyOnly = new Set(['useFlag']);

function fromCall(call: ts.CallExpression, read: FlagRead, origin: Origin, site: Site): RawRead | Unfit {
  const { file } = origin;
  const callee = call.expression;
  const name = ts.isIdentifier(callee) ? callee : ts.isPropertyAccessExpression(callee) ? callee.name : undefined;
  if (name === undefined || !ts.isIdentifier(name)) return new Unfit('');
  const form = own(booleanForms, name.text);
  const variant = /variant$/i.test(name.text);
  if (form === undefined && !looksBoolean(call, read, file)) return new Unfit('');
  const keyIndex = call.arguments.findIndex(
    (arg) => arg.getStart(file) <= read.keyRange.start && read.keyRange.end <= arg.end,
  );
  const key = call.arguments[keyIndex];
  if (
    key === undefined ||
    (!ts.isStringLiteralLike(key) && !ts.isIdentifier(key) && !ts.isPropertyAccessExpression(key))
  )
    return new Unfit('');
  const defaultIndex = call.arguments.findIndex(
    (arg) => read.default !== undefined && arg.getStart(file) === read.default.range.start,
  );
  const literal = quoted(site.key, site.style.quote);
  const kept = call.arguments.filter(
    (_, i) => i <= keyIndex || (form !== undefined && keyOnly.has(form) ? false : !(variant && i > keyIndex + 1)),
  );
  const renames: Rename[] = [];
  const edits: TextEdit[] = [];
  const names = [callee, ...kept.filter((_, i) => i !== keyIndex && i !== defaultIndex)];
  for (const part of names) {
    const why = carry(part, origin, site, renames, edits, form !== undefined && part === callee ? form : undefined);
    if (why !== undefined) return new Unfit(why);
  }
  const member = memberOfRegistry(key, read, origin, site, renames, edits);
  const args = kept.map((arg, i) =>
    i === keyIndex ? (member ?? literal) : i === defaultIndex ? 'false' : rewritten(arg, renames, file),
  );
  let written = rewritten(callee, renames, file);
  if (form !== undefined && ts.isPropertyAccessExpression(callee)) written = written.slice(0, -name.text.length) + form;
  const details = form === undefined && read.result.kind === 'details' ? read.result : undefined;
  const hook = isHookName(form ?? name.text);
  return {
    expression: `${written}(${args.join(', ')})`,
    async: (read.result.kind === 'value' || read.result.kind === 'details') && read.result.async,
    field: details?.field,
    hook,
    edits,
    keyText: member ?? literal.slice(1, -1),
    after: read.path === site.path ? call : undefined,
  };
}

/** `Keys.NEW` where the other read says `Keys.OLD`, and the registry has a member for the key. */
function memberOfRegistry(
  key: ts.Expression,
  read: FlagRead,
  origin: Origin,
  site: Site,
  renames: Rename[],
  edits: TextEdit[],
): string | undefined {
  if (!ts.isPropertyAccessExpression(key)) return undefined;
  const { flags } = site.world.inventory;
  const other = flags.get(read.key)?.definitions.find(({ registry }) => registry && !registry.records);
  const own = flags
    .get(site.key)
    ?.definitions.find((one) => one.path === other?.path && one.registry?.name === other.registry?.name);
  const ending = `.${other?.registry?.member}`;
  if (own?.registry === undefined || !key.getText(origin.file).endsWith(ending)) return undefined;
  const carried: Rename[] = [];
  const needed: TextEdit[] = [];
  if (carry(key, origin, site, carried, needed) !== undefined) return undefined;
  renames.push(...carried);
  edits.push(...needed.filter((one) => !edits.some((known) => known.newText === one.newText)));
  return `${rewritten(key, carried, origin.file).slice(0, -ending.length)}.${own.registry.member}`;
}

function fromProperty(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  read: FlagRead,
  origin: Origin,
  site: Site,
): RawRead | Unfit {
  const member = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isStringLiteralLike(node.argumentExpression)
      ? node.argumentExpression.text
      : undefined;
  if (member === undefined || isCompared(node)) return new Unfit('');
  const spelled = memberName(site.key, read.key, member, read.reader);
  const receiver = node.expression;
  if (namesKeys(callBehind(receiver, origin))) return new Unfit('');
  if (ts.isIdentifier(receiver) && read.path === site.path) {
    const found = origin.scopes.resolve(receiver.text, receiver);
    if (found !== undefined && usable(found, receiver.text, site))
      return { expression: receiver.text, async: false, member: spelled, hook: false, edits: [], keyText: spelled };
  }
  const call = ts.isIdentifier(receiver)
    ? heldCall(receiver, origin)
    : ts.isCallExpression(receiver)
      ? receiver
      : undefined;
  return call === undefined
    ? new Unfit('')
    : fromRecord(call, spelled, origin, site, read.path === site.path ? call : undefined);
}

function fromBinding(node: ts.Node, read: FlagRead, origin: Origin, site: Site): RawRead | Unfit {
  const element = ancestor(node, ts.isBindingElement);
  const declaration = ancestor(element, ts.isVariableDeclaration);
  const call = declaration?.initializer === undefined ? undefined : unwrapped(declaration.initializer);
  if (element === undefined || call === undefined) return new Unfit('');
  const property = element.propertyName ?? element.name;
  const member = ts.isIdentifier(property) || ts.isStringLiteralLike(property) ? property.text : read.key;
  const spelled = memberName(site.key, read.key, member, read.reader);
  return ts.isCallExpression(call) && !namesKeys(call)
    ? fromRecord(call, spelled, origin, site, read.path === site.path ? element : undefined)
    : new Unfit('');
}

/** `useFlags(['a', 'b'])` yields those that it names, and no other. */
function namesKeys(call: ts.Node | undefined): boolean {
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    call.arguments.some((argument) => ts.isArrayLiteralExpression(argument) || ts.isObjectLiteralExpression(argument))
  );
}

/** What yields a record, through members and destructuring: `useTreatments(...)` for `treatments`. */
function callBehind(record: ts.Expression, origin: Origin): ts.Node | undefined {
  const at = unwrapped(record);
  if (ts.isPropertyAccessExpression(at)) return callBehind(at.expression, origin);
  if (!ts.isIdentifier(at)) return at;
  const declaration = ancestor(origin.scopes.resolve(at.text, at)?.node, ts.isVariableDeclaration);
  return declaration?.initializer && unwrapped(declaration.initializer);
}

/** A call that returns a record of flags, repeated at the site. */
function fromRecord(
  call: ts.CallExpression,
  member: string,
  origin: Origin,
  site: Site,
  after: ts.Node | undefined,
): RawRead | Unfit {
  const renames: Rename[] = [];
  const edits: TextEdit[] = [];
  const why = carry(call, origin, site, renames, edits);
  if (why !== undefined) return new Unfit(why);
  const name = ts.isIdentifier(call.expression) ? call.expression.text : '';
  return {
    expression: rewritten(call, renames, origin.file),
    async: false,
    member,
    hook: isHookName(name),
    edits,
    keyText: member,
    after,
  };
}

/** The call whose result a local constant holds: `const flags = useFlags()`. */
function heldCall(name: ts.Identifier, origin: Origin): ts.CallExpression | undefined {
  const found = origin.scopes.resolve(name.text, name);
  if (found === undefined || !ts.isVariableDeclaration(found.node) || found.node.initializer === undefined)
    return undefined;
  const value = unwrapped(found.node.initializer);
  return ts.isCallExpression(value) && ts.isIdentifier(found.node.name) ? value : undefined;
}

/** A read whose value is used as a boolean: by its name, its default, or because nothing speaks against it. */
function looksBoolean(call: ts.CallExpression, read: FlagRead, file: ts.SourceFile): boolean {
  const value = read.default?.value;
  if (value !== undefined && (value.kind === 'string' || value.kind === 'number' || value.kind === 'fields')) {
    const name = call.expression.getText(file).split('.').pop()!;
    return name === 'variation';
  }
  return !isCompared(call);
}

/** Compared with a string or number, or switched over: not a boolean. */
function isCompared(node: ts.Node): boolean {
  let at = node;
  while (ts.isAwaitExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isSwitchStatement(parent)) return true;
  if (!ts.isBinaryExpression(parent)) return false;
  const other = parent.left === at ? parent.right : parent.left;
  return ts.isStringLiteralLike(other) || ts.isNumericLiteral(other);
}

function unwrapped(node: ts.Node): ts.Node {
  let at = node;
  while (
    ts.isAwaitExpression(at) ||
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isNonNullExpression(at)
  )
    at = at.expression;
  return at;
}

/** The property under which a record of flags holds a key, spelled like another key of the same record. */
function memberName(key: string, likeKey: string, likeMember: string, reader: string): string {
  if (likeKey !== likeMember) return camelCase(key);
  if (camelCase(likeKey) !== likeKey) return key;
  return /launchdarkly/i.test(reader) ? camelCase(key) : key;
}
