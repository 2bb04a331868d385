import { ts } from 'ts-morph';
import { relativeSpecifier } from '../core/paths.ts';
import type { TextEdit } from '../core/source-change.ts';
import { parse } from '../facts/parse.ts';
import { importedFrom } from './checks.ts';
import { isHookName } from './hooks.ts';
import { planImport } from './imports.ts';
import { references } from './names.ts';
import { type RawRead, type Site, Unfit } from './site.ts';
import { syntaxErrorAt } from './syntax.ts';

/** A read as the policy spells it: `{key}` is replaced, and what its import statement binds is imported. */
export function policyRead(read: string, statement: string | undefined, site: Site): RawRead | Unfit {
  if (!read.includes('{key}')) return new Unfit('it has no {key}');
  const keyText = site.key.replace(/[\\'"`]/g, (c) => `\\${c}`);
  let source = read
    .replaceAll('{key}', () => keyText)
    .trim()
    .replace(/;$/, '');
  const edits: TextEdit[] = [];
  const renamed = new Map<string, string>();
  if (statement !== undefined) {
    const parsed = parse('policy.ts', statement);
    if (syntaxErrorAt(parsed) !== undefined || !parsed.statements.every(ts.isImportDeclaration))
      return new Unfit('its "import" is not an import statement');
    for (const wanted of importedNames(parsed)) {
      const specifier = wanted.specifier.startsWith('.')
        ? relativeSpecifier(site.path, wanted.specifier.replace(/^\.\//, ''))
        : wanted.specifier;
      const planned = planImport({ ...wanted, specifier }, site);
      if (planned instanceof Unfit) return planned;
      edits.push(...planned.edits);
      renamed.set(wanted.local, planned.local);
    }
  }
  const awaited = /^await\s+/.exec(source);
  if (awaited !== null) source = source.slice(awaited[0].length);
  const parsed = parse('policy.ts', `(${source});`);
  if (syntaxErrorAt(parsed) !== undefined || parsed.statements.length !== 1)
    return new Unfit('it is not an expression');
  const names = references(parsed).map((identifier) => identifier);
  for (const identifier of [...names].reverse()) {
    const local = renamed.get(identifier.text);
    if (local !== undefined) {
      if (local !== identifier.text) {
        const start = identifier.getStart(parsed) - 1;
        source = source.slice(0, start) + local + source.slice(start + identifier.text.length);
      }
    } else if (site.scopes.resolve(identifier.text, site.run.owner) === undefined && !isGlobal(identifier.text))
      return new Unfit(`"${identifier.text}" is not in scope`);
  }
  const first = names[0]?.text ?? '';
  return {
    expression: source,
    async: awaited !== null,
    hook: isHookName(first) && source.startsWith(first),
    edits,
    keyText,
  };
}

function isGlobal(name: string): boolean {
  return ['process', 'globalThis', 'window', 'undefined', 'Boolean', 'self', 'global'].includes(name);
}

function importedNames(parsed: ts.SourceFile): { specifier: string; imported: string; local: string }[] {
  const found: { specifier: string; imported: string; local: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isImportSpecifier(node) ||
      ts.isNamespaceImport(node) ||
      (ts.isImportClause(node) && node.name !== undefined)
    ) {
      const from = importedFrom(node);
      const declaration = parsed.statements.find((s) => s.pos <= node.pos && node.end <= s.end) as ts.ImportDeclaration;
      if (from !== undefined)
        found.push({
          specifier: (declaration.moduleSpecifier as ts.StringLiteral).text,
          imported: from.imported,
          local: (node.name as ts.Identifier).text,
        });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}
