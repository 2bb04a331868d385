import camelCase from 'lodash.camelcase';
import { ts } from 'ts-morph';
import type { TextEdit } from '../core/source-change.ts';
import { parse } from '../facts/parse.ts';
import type { FlagRead } from '../flags/flag.ts';
import { declaredLater, importedFrom } from './checks.ts';
import { isHookName } from './hooks.ts';
import { planImport, rebase, type WantedImport } from './imports.ts';
import { type Declared, references, Scopes } from './names.ts';
import { type RawRead, type Site, Unfit } from './site.ts';
import { quoted } from './style.ts';
import { ancestor, deepest, isFunction } from './syntax.ts';

/**
 * Repeats an existing read with another key and `false` as its default. Names that it uses are taken over where they mean
 * the same at the site, or imported. `Unfit` says which name stands in the way.
 */
export function copyRead(read: FlagRead, site: Site): RawRead | Unfit {
  const same = read.path === site.path;
  const text = same ? site.file.text : site.world.text(read.path);
  if (text === undefined || read.result.kind === 'component') return new Unfit('');
  const file = same ? site.file : parse(read.path, text);
  const origin: Origin = { path: read.path, file, scopes: same ? site.scopes : new Scopes(file) };
  const node = deepest(file, read.range.start, read.range.end);
  if (read.result.kind === 'binding') return fromBinding(node, read, origin, site);
  const call = unwrapped(node);
  if (ts.isPropertyAccessExpression(call) || ts.isElementAccessExpression(call))
    return fromProperty(call, read, origin, site);
  return ts.isCallExpression(call) ? fromCall(call, read, origin, site) : new Unfit('');
}

interface Origin {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly scopes: Scopes;
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
  const form = booleanForms[name.text];
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
  const keyText = quoted(site.key, site.style.quote);
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
  const args = kept.map((arg, i) =>
    i === keyIndex ? keyText : i === defaultIndex ? 'false' : rewritten(arg, renames, file),
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
    keyText: keyText.slice(1, -1),
    after: read.path === site.path ? call : undefined,
  };
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
  return ts.isCallExpression(call)
    ? fromRecord(call, spelled, origin, site, read.path === site.path ? element : undefined)
    : new Unfit('');
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

interface Rename {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes the names of an expression mean the same at the site. Returns what stands in the way. */
function carry(
  node: ts.Node,
  origin: Origin,
  site: Site,
  renames: Rename[],
  edits: TextEdit[],
  form?: string,
): string | undefined {
  if (usesThis(node)) {
    const why = carryThis(node, origin, site);
    if (why !== undefined) return why;
  }
  for (const identifier of references(node)) {
    const { text } = identifier;
    const meant = origin.scopes.resolve(text, identifier);
    if (meant !== undefined && ancestor(meant.node, (at): at is ts.Node => at === node) !== undefined) continue;
    const here = site.scopes.resolve(text, site.run.owner);
    const renamed = form !== undefined && node === identifier;
    if (!renamed && here !== undefined && usable(here, text, site) && alike(meant, here, origin, site)) continue;
    if (meant === undefined && here === undefined) continue;
    const wanted = meant === undefined ? undefined : importable(meant, text, origin, site);
    if (wanted !== undefined) {
      const planned = planImport(renamed ? { ...wanted, imported: form, local: form } : wanted, site);
      if (planned instanceof Unfit) return planned.why;
      edits.push(...planned.edits.filter((one) => !edits.some((known) => known.newText === one.newText)));
      renames.push({ start: identifier.getStart(origin.file), end: identifier.end, text: planned.local });
      continue;
    }
    const inline = meant === undefined ? undefined : openFeatureClient(meant);
    if (inline !== undefined && carry(inline, origin, site, renames, edits) === undefined) {
      renames.push({
        start: identifier.getStart(origin.file),
        end: identifier.end,
        text: rewritten(inline, renames, origin.file),
      });
      continue;
    }
    return here === undefined
      ? `reading it needs "${text}", which is not in scope here`
      : `reading it needs "${text}", which means something else here`;
  }
  return undefined;
}

/** True when a name is declared where the condition can see it: not inside the run, and not after it. */
function usable(found: Declared, text: string, site: Site): boolean {
  if (site.scopes.resolve(text, site.run.owner) !== found) return false;
  const statements = site.run.owner.statements.slice(site.run.from, site.run.to);
  if (statements.some((statement) => statement.pos <= found.node.pos && found.node.end <= statement.end)) return false;
  return !declaredLater(found, site.run);
}

/** Two declarations that may stand for each other: the same, or of the same make in another function or file. */
function alike(a: Declared | undefined, b: Declared, origin: Origin, site: Site): boolean {
  if (a === undefined) return false;
  if (a.node === b.node) return true;
  const from = importedFrom(a.node);
  const to = importedFrom(b.node);
  if (from !== undefined || to !== undefined) {
    if (from === undefined || to === undefined || from.imported !== to.imported) return false;
    return (
      specifierOf(a.node) === specifierOf(b.node) ||
      rebase(from.specifier, origin.path, site.path, site.world) === to.specifier
    );
  }
  const first = a.node as { type?: ts.Node; initializer?: ts.Node };
  const second = b.node as { type?: ts.Node; initializer?: ts.Node };
  if (first.type !== undefined || second.type !== undefined)
    return (
      first.type !== undefined &&
      second.type !== undefined &&
      first.type.getText(origin.file) === second.type.getText(site.file)
    );
  if (ts.isParameter(a.node) && ts.isParameter(b.node)) return true;
  return (
    first.initializer !== undefined &&
    second.initializer !== undefined &&
    first.initializer.getText(origin.file) === second.initializer.getText(site.file)
  );
}

function specifierOf(node: ts.Node): string | undefined {
  const declaration = ancestor(node, ts.isImportDeclaration);
  return declaration && ts.isStringLiteral(declaration.moduleSpecifier) ? declaration.moduleSpecifier.text : undefined;
}

/** How another file can import what a name means in its own file. */
function importable(meant: Declared, text: string, origin: Origin, site: Site): WantedImport | undefined {
  const from = importedFrom(meant.node);
  const specifier = specifierOf(meant.node);
  if (from !== undefined && specifier !== undefined && !from.typeOnly)
    return { specifier: rebase(specifier, origin.path, site.path, site.world), imported: from.imported, local: text };
  const required = requiredFrom(meant.node);
  if (required !== undefined)
    return {
      specifier: rebase(required.specifier, origin.path, site.path, site.world),
      imported: required.imported,
      local: text,
    };
  if (origin.path === site.path) return undefined;
  const statement = ancestor(meant.node, (at): at is ts.Statement => at.parent === origin.file);
  const exported = site.world.facts(origin.path)?.exports.find((one) => one.local === text && one.from === undefined);
  if (statement === undefined || exported === undefined || isFunction(meant.node.parent)) return undefined;
  const own = origin.file.statements.find(ts.isImportDeclaration)?.moduleSpecifier;
  const like = ownStyle(site.file) ?? (own && ts.isStringLiteral(own) && own.text.startsWith('.') ? own.text : './x');
  const ending = /\.[cm]?[jt]sx?$/.exec(like)?.[0];
  const bare = `./${origin.path.replace(/\.[cm]?[jt]sx?$/, '')}${ending ?? ''}`;
  return { specifier: rebase(bare, 'x', site.path, site.world), imported: exported.exported, local: text };
}

function ownStyle(file: ts.SourceFile): string | undefined {
  for (const statement of file.statements)
    if (
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      statement.moduleSpecifier.text.startsWith('.')
    )
      return statement.moduleSpecifier.text;
  return undefined;
}

function requiredFrom(node: ts.Node): { specifier: string; imported: string } | undefined {
  const declaration = ancestor(node, ts.isVariableDeclaration);
  const value = declaration?.initializer;
  if (declaration === undefined || value === undefined || !ts.isCallExpression(value)) return undefined;
  const [specifier] = value.arguments;
  if (!ts.isIdentifier(value.expression) || value.expression.text !== 'require') return undefined;
  if (
    specifier === undefined ||
    !ts.isStringLiteralLike(specifier) ||
    declaration.parent.parent.parent !== node.getSourceFile()
  )
    return undefined;
  if (ts.isIdentifier(declaration.name)) return { specifier: specifier.text, imported: '*' };
  return undefined;
}

/** `const client = OpenFeature.getClient()`: cheap to ask for again, and the same client. */
function openFeatureClient(meant: Declared): ts.Expression | undefined {
  if (!ts.isVariableDeclaration(meant.node) || meant.node.initializer === undefined) return undefined;
  return /^OpenFeature\s*\.getClient\(\s*(['"][^'"]*['"])?\s*\)$/.test(meant.node.initializer.getText())
    ? meant.node.initializer
    : undefined;
}

/** The call whose result a local constant holds: `const flags = useFlags()`. */
function heldCall(name: ts.Identifier, origin: Origin): ts.CallExpression | undefined {
  const found = origin.scopes.resolve(name.text, name);
  if (found === undefined || !ts.isVariableDeclaration(found.node) || found.node.initializer === undefined)
    return undefined;
  const value = unwrapped(found.node.initializer);
  return ts.isCallExpression(value) && ts.isIdentifier(found.node.name) ? value : undefined;
}

function carryThis(node: ts.Node, origin: Origin, site: Site): string | undefined {
  const there = classOf(node);
  const here = classOf(site.run.owner);
  if (here === undefined || there === undefined) return 'reading it needs "this", which is not an instance here';
  if (here.node === there.node)
    return here.isStatic === there.isStatic ? undefined : 'reading it needs an instance, and this method is static';
  for (const member of thisMembers(node)) {
    const a = memberType(there.node, member, origin.file);
    const b = memberType(here.node, member, site.file);
    if (here.isStatic || a === undefined || a !== b)
      return `reading it needs "this.${member}", which this class does not have`;
  }
  return undefined;
}

/** The class whose instance `this` is at a node. */
function classOf(node: ts.Node): { node: ts.ClassLikeDeclaration; isStatic: boolean } | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isClassElement(at) && at.parent !== undefined && ts.isClassLike(at.parent))
      return {
        node: at.parent,
        isStatic:
          ts.canHaveModifiers(at) && (ts.getModifiers(at) ?? []).some((m) => m.kind === ts.SyntaxKind.StaticKeyword),
      };
    if (isFunction(at) && !ts.isArrowFunction(at)) return undefined;
  }
  return undefined;
}

function usesThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.forEachChild(node, (child) => usesThis(child) || undefined) ?? false;
}

function thisMembers(node: ts.Node): string[] {
  const found: string[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isPropertyAccessExpression(at) && at.expression.kind === ts.SyntaxKind.ThisKeyword) found.push(at.name.text);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}

function memberType(node: ts.ClassLikeDeclaration, name: string, file: ts.SourceFile): string | undefined {
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText(file) === name)
      return (member.type ?? member.initializer)?.getText(file);
    if (ts.isConstructorDeclaration(member))
      for (const parameter of member.parameters)
        if (ts.isParameterPropertyDeclaration(parameter, member) && parameter.name.getText(file) === name)
          return parameter.type?.getText(file);
  }
  return undefined;
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

function rewritten(node: ts.Node, renames: readonly Rename[], file: ts.SourceFile): string {
  const start = node.getStart(file);
  let out = '';
  let at = start;
  for (const rename of renames
    .filter((one) => start <= one.start && one.end <= node.end)
    .sort((a, b) => a.start - b.start)) {
    const shorthand = ts.isShorthandPropertyAssignment(deepest(file, rename.start, rename.end).parent);
    const was = file.text.slice(rename.start, rename.end);
    out += file.text.slice(at, rename.start) + (shorthand && was !== rename.text ? `${was}: ` : '') + rename.text;
    at = rename.end;
  }
  return out + file.text.slice(at, node.end);
}

/** The property under which a record of flags holds a key, spelled like another key of the same record. */
function memberName(key: string, likeKey: string, likeMember: string, reader: string): string {
  if (likeKey !== likeMember) return camelCase(key);
  if (camelCase(likeKey) !== likeKey) return key;
  return /launchdarkly/i.test(reader) ? camelCase(key) : key;
}
