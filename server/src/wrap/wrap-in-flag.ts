import { ts } from 'ts-morph';
import { basename } from '../core/paths.ts';
import { applyEdits, type SourceChange, sortEdits, type TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { parse } from '../facts/parse.ts';
import type { World } from '../fixes/fix.ts';
import { type BaseSide, findBaseSide, narrowToBody } from './base-side.ts';
import { checkDeclarations, checkOldCode, checkStatements, type DroppedImport, importedFrom } from './checks.ts';
import { planRead } from './flag-read.ts';
import { planImport } from './imports.ts';
import { outdented, wrapEdits } from './layout.ts';
import { Scopes } from './names.ts';
import { findRun, type Run, statementsOf } from './run.ts';
import { type Site, Unfit } from './site.ts';
import { styleOf } from './style.ts';
import { ancestor, deepest, functionName, isFunction, isSource, syntaxErrorAt } from './syntax.ts';

export interface WrapInFlagRequest {
  readonly path: string;
  readonly range: TextRange;
  readonly key: string;
}

/**
 * Puts whole statements behind a flag, with the code of the base as the off side: `if (READ) { new } else { old }`. Without
 * an `else` where the base has nothing there; `if (!READ) { old }` where the code is gone now. Removing the flag as on gives
 * back the text of now, as off that of the base, token for token.
 * @throws UserError with the reason where that cannot be had
 */
export function wrapInFlag(request: WrapInFlagRequest, world: World): SourceChange {
  const { path, key } = request;
  const file = sourceOf(path, world);
  if (key.trim() === '' || /[\r\n]/.test(key)) throw new UserError('A flag needs a key: one line that is not empty.');
  const scopes = new Scopes(file);
  const { side, dropped } = checked(sideToWrap(path, file, findRun(file, request.range), world), scopes);
  const site: Site = { path, file, scopes, run: side.run, key, style: styleOf(file), world };
  const imports = dropped.flatMap((one) => restore(one, site));
  const read = planRead(site);
  const deleted = side.run.from === side.run.to;
  const old = side.kind === 'matched' && side.base.from < side.base.to ? outdented(side.base, side.file) : undefined;
  const wrapped = wrapEdits(file, side.run, deleted ? negated(read.expression) : read.expression, old, site.style, {
    on: `Runs only when "${key}" is on`,
    off: `The code of the base runs while "${key}" is off`,
  });
  const edits = sortEdits([...imports, ...read.edits, ...wrapped]);
  const after = applyEdits(file.text, edits);
  if (syntaxErrorAt(parse(path, after)) !== undefined)
    throw new UserError(
      'The selected statements cannot be put inside an if statement without breaking the syntax of the file.',
    );
  return {
    title: `Wrap in flag "${key}"`,
    files: [{ path, before: file.text, edits }],
    refused: [],
    cursor: { path, offset: keyOffset(edits, read.keyText) },
  };
}

/** A key for a new flag: the name of the function around a place in kebab case, and `change`. Not in use yet. */
export function suggestKey(world: World, path: string, range: TextRange): string {
  const text = world.text(path);
  let name = basename(path).replace(/\..*$/, '');
  if (text !== undefined && isSource(path)) {
    const file = parse(path, text);
    for (
      let fn = ancestor(deepest(file, range.start, range.end), isFunction);
      fn !== undefined;
      fn = ancestor(fn.parent, isFunction)
    ) {
      const own = functionName(fn);
      if (own === undefined) continue;
      name = own;
      break;
    }
  }
  const base = `${kebab(name) || 'code'}-change`;
  if (!world.inventory.flags.has(base)) return base;
  let number = 2;
  while (world.inventory.flags.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}

function sourceOf(path: string, world: World): ts.SourceFile {
  if (!isSource(path) || /\.d\.[cm]?ts$/.test(path))
    throw new UserError(
      `${path} is not a TypeScript or JavaScript source file, so nothing in it can be wrapped in a flag.`,
    );
  const text = world.text(path);
  if (text === undefined) throw new UserError(`${path} cannot be read, or is left out by the policy.`);
  if (world.facts(path)?.generated)
    throw new UserError(`${path} is generated, so a change to it would be lost. Wrap the code in its source.`);
  const file = parse(path, text);
  const broken = syntaxErrorAt(file);
  if (broken !== undefined)
    throw new UserError(
      `${path} has a syntax error in line ${file.getLineAndCharacterOfPosition(broken).line + 1}. Mend it first, then wrap.`,
    );
  return file;
}

/** The run to wrap and what stood there. A declaration whose body alone differs stands for that body. */
function sideToWrap(path: string, file: ts.SourceFile, selected: Run, world: World): BaseSide {
  let side = findBaseSide(path, file, selected, world);
  for (;;) {
    const [only] = statementsOf(side.run);
    const inner = only !== undefined && isDeclaring(only) ? narrowToBody(side, file) : undefined;
    if (inner === undefined) break;
    side = findBaseSide(path, file, inner, world);
  }
  if (side.run.from === side.run.to && (side.kind === 'new' || side.base.from === side.base.to)) {
    if (selected.from === selected.to)
      throw new UserError('There is no statement in the selection. Select the statements that the flag shall guard.');
    throw new UserError(
      `The selected statements are the same at the base (${world.change?.baseName ?? 'no change'}), so there is no other code for the off side. Change them first, then wrap the change.`,
    );
  }
  return side;
}

/**
 * The side that can be wrapped: as it is, or with as many of the equal statements behind it as its declarations need.
 * @throws UserError of the shortest, where none can
 */
function checked(side: BaseSide, scopes: Scopes): { side: BaseSide; dropped: readonly DroppedImport[] } {
  const baseScopes = side.kind === 'matched' ? new Scopes(side.file) : undefined;
  let first: unknown;
  for (let more = 0; more <= (side.kind === 'matched' ? side.slack : 0); more++) {
    const tried = more === 0 ? side : extended(side, more);
    try {
      checkStatements(tried.run);
      if (tried.kind === 'matched') checkStatements(tried.base);
      checkDeclarations(tried.run, scopes);
      return { side: tried, dropped: tried.kind === 'matched' ? checkOldCode(tried, scopes, baseScopes!) : [] };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      first ??= error;
    }
  }
  throw first;
}

function extended(side: BaseSide, more: number): BaseSide {
  if (side.kind === 'new') return side;
  return { ...side, run: { ...side.run, to: side.run.to + more }, base: { ...side.base, to: side.base.to + more } };
}

function isDeclaring(statement: ts.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isExportAssignment(statement) ||
    ts.isModuleDeclaration(statement)
  );
}

/** Puts an import of the base back that only the old code needs. */
function restore(dropped: DroppedImport, site: Site): readonly TextEdit[] {
  const from = importedFrom(dropped.node);
  const declaration = ancestor(dropped.node, ts.isImportDeclaration);
  if (from === undefined || declaration === undefined || !ts.isStringLiteral(declaration.moduleSpecifier)) return [];
  const planned = planImport(
    {
      specifier: declaration.moduleSpecifier.text,
      imported: from.imported,
      local: dropped.local,
      typeOnly: from.typeOnly,
    },
    site,
  );
  if (planned instanceof Unfit)
    throw new UserError(`The code of the base uses "${dropped.local}", which is no longer imported: ${planned.why}.`);
  if (planned.local !== dropped.local)
    throw new UserError(`The code of the base uses "${dropped.local}", which is imported as "${planned.local}" now.`);
  return planned.edits;
}

function negated(expression: string): string {
  const [statement] = parse('expression.ts', `(${expression})`).statements;
  const inner = (statement as ts.ExpressionStatement | undefined)?.expression;
  const value = inner !== undefined && ts.isParenthesizedExpression(inner) ? inner.expression : undefined;
  const simple = value !== undefined && (ts.isLeftHandSideExpression(value) || ts.isIdentifier(value));
  return simple ? `!${expression}` : `!(${expression})`;
}

/** Where the key stands after the edits: the end of its first occurrence in inserted text. */
function keyOffset(edits: readonly TextEdit[], keyText: string): number {
  let shift = 0;
  for (const one of edits) {
    const at = one.kind === 'wrap' ? one.newText.indexOf(keyText) : -1;
    if (at >= 0) return one.range.start + shift + at + keyText.length;
    shift += one.newText.length - (one.range.end - one.range.start);
  }
  return edits[0]?.range.start ?? 0;
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}
