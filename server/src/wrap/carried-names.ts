import { ts } from 'ts-morph';
import type { TextEdit } from '../core/source-change.ts';
import { declaredLater, importedFrom } from './checks.ts';
import { planImport, rebase, type WantedImport } from './imports.ts';
import { type Declared, references } from './names.ts';
import { type Origin, type Site, Unfit } from './site.ts';
import { ancestor, deepest, isFunction } from './syntax.ts';
import { carryThis, usesThis } from './this-members.ts';

/** A name of a carried expression that is written differently at the site. */
export interface Rename {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes the names of an expression mean the same at the site. Returns what stands in the way. */
export function carry(
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
export function usable(found: Declared, text: string, site: Site): boolean {
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

/** The text of an expression with its names as the site writes them. */
export function rewritten(node: ts.Node, renames: readonly Rename[], file: ts.SourceFile): string {
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
