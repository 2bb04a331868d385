import { isScriptHost, isTemplatePath } from '../core/snapshot.ts';
import type { TextRange } from '../core/text.ts';
import { commentsOf } from './comments.ts';
import { inlineTemplates } from './component-templates.ts';
import type { FileFacts, ImportFact, ReadSite, Recipe } from './file-facts.ts';
import { type Depth, depthOf, recipeIn } from './gate.ts';
import { exportsOf, innerImports, statementImports } from './imports.ts';
import { marksIn, markupComments, mayHoldMarks, noMarks } from './marks.ts';
import { namesOf } from './names.ts';
import { originsOf } from './origins.ts';
import { parseForFacts, syntaxErrorsOf } from './parse.ts';
import { siteCollector } from './read-sites.ts';
import { registriesIn } from './registries.ts';
import { mayHoldRegistry } from './registry-words.ts';
import { scopesOf } from './scope.ts';
import { scriptTextOf } from './script-blocks.ts';
import { templateFacts } from './templates.ts';
import { testFactOf } from './tests.ts';
import { topExports, topImports } from './top-imports.ts';
import { withUses } from './uses.ts';

/**
 * The facts of one file: a pure function of path, text and recipe. No tree is kept. Most files are only searched, because
 * they hold nothing but imports to look at.
 * @param closely also tell what derives from imports where nothing in the text speaks of flags: for a file that a client
 * turned out to pass through
 */
export function takeFacts(path: string, text: string, recipe: Recipe, closely = false): FileFacts {
  if (isTemplatePath(path)) return templateFacts(text, recipe.directives ?? new Set());
  if (isScriptHost(path)) {
    const { text: script, language, instances } = scriptTextOf(path, text);
    return withMarkup(text, perInstance(takeFacts(`${path}.${language}`, script, recipe, closely), instances));
  }
  const depth = closely ? { parse: true, reads: true, derives: true } : depthOf(text, recipe);
  if (!depth.parse && !mayHoldRegistry(path, text, recipe)) {
    const imports = topImports(text);
    if (imports !== undefined) return importsOnly(path, text, imports);
  }
  return parsedFacts(path, text, recipe, depth);
}

const none: readonly never[] = [];

function importsOnly(path: string, text: string, imports: readonly ImportFact[]): FileFacts {
  const test = testFactOf(path, imports, text);
  return {
    imports,
    exports: topExports(text, imports),
    names: none,
    reads: none,
    ...noMarks,
    ...(test === undefined ? {} : { test }),
    syntaxErrors: 0,
    generated: isGenerated(text),
    shallow: true,
  };
}

function parsedFacts(path: string, text: string, recipe: Recipe, depth: Depth): FileFacts {
  const source = parseForFacts(path, text);
  const scopes = scopesOf(source);
  const origins = originsOf(scopes);
  const imports = statementImports(source);
  const sites = siteCollector(recipeIn(text, recipe), scopes, origins, depth.derives);
  const inner = /\bimport\s*\(|\brequire\s*\(/.test(text);
  // The last first, as a walk over the whole file goes.
  for (const statement of source.statements.toReversed()) {
    if (inner) imports.push(...innerImports(statement, scopes));
    if (depth.reads) sites.look(statement);
  }
  imports.sort((a, b) => a.range.start - b.range.start);
  const exports = exportsOf(scopes);
  const registries = registriesIn(path, scopes, recipe);
  const test = testFactOf(path, imports, text);
  return {
    imports,
    exports,
    names: namesOf(scopes, origins, exports, depth.derives),
    ...(registries === undefined ? {} : { registries }),
    reads: [...withUses(sites.finish(), scopes), ...inlineTemplates(source, recipe)],
    ...(mayHoldMarks(text) ? marksIn(text, commentsOf(source)) : noMarks),
    ...(test === undefined ? {} : { test }),
    syntaxErrors: syntaxErrorsOf(source),
    generated: isGenerated(text),
    ...(depth.derives ? {} : { shallow: true as const }),
  };
}

/** Of a file with scripts, the marks in comments of its markup as well. */
function withMarkup(text: string, facts: FileFacts): FileFacts {
  if (!mayHoldMarks(text)) return facts;
  const { tags, suppressions } = marksIn(text, markupComments(text));
  return { ...facts, tags: [...facts.tags, ...tags], suppressions: [...facts.suppressions, ...suppressions] };
}

/** Top-level code of a component runs for each instance of it, not when its module is loaded. */
function perInstance(facts: FileFacts, instances: readonly TextRange[]): FileFacts {
  const settled = <T extends Pick<ReadSite, 'range' | 'use'>>(one: T): T => {
    if (one.use?.atLoad === undefined) return one;
    if (!instances.some(({ start, end }) => start <= one.range.start && one.range.end <= end)) return one;
    const { atLoad: _, ...use } = one.use;
    return { ...one, use };
  };
  return {
    ...facts,
    reads: facts.reads.map((site) => ({ ...settled(site), members: site.members.map(settled) })),
  };
}

/** Marked as generated in the comments at its top. */
function isGenerated(text: string): boolean {
  const head = /^(?:#![^\n]*\n)?(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(0, 2000))?.[0] ?? '';
  return /@generated\b|\b(?:auto-?)?generated\b[^\n]*\bdo not (?:edit|modify)|\bdo not (?:edit|modify)\b[^\n]*\bgenerated\b|code generated by|generated by[\s\S]{0,80}\bdo not edit/i.test(
    head,
  );
}
