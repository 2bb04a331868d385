import type { ExportFact, ImportFact } from './file-facts.ts';

/**
 * The imports of a file without parsing it, for files of which nothing else is asked: statements at the top, in plain form.
 * `undefined` where the text could hold an import that this does not understand (dynamic imports, `require`, imports further
 * down, comments inside a statement): such a file is parsed.
 */
export function topImports(text: string): ImportFact[] | undefined {
  const found: ImportFact[] = [];
  let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  for (;;) {
    trivia.lastIndex = at;
    trivia.test(text);
    at = trivia.lastIndex;
    directive.lastIndex = at;
    if (directive.test(text)) {
      at = directive.lastIndex;
      continue;
    }
    statement.lastIndex = at;
    const match = statement.exec(text);
    if (match === null) break;
    const bindings = match[2] === undefined ? [] : bindingsOf(match[2], match[1] !== undefined);
    const specifier = match[4] ?? match[6];
    if (bindings === undefined || specifier === undefined || specifier.includes('\\')) return undefined;
    found.push({
      specifier,
      kind: 'import',
      typeOnly: match[1] !== undefined,
      range: { start: at, end: statement.lastIndex },
      bindings,
    });
    at = statement.lastIndex;
  }
  return holdsMore(text, at) ? undefined : found;
}

/**
 * What a file exports by its declarations, without parsing it: each at the start of a line. Re-exports and destructuring
 * exports are not for this: files that have them are parsed.
 * @param imports of the same file: a default export may pass one on
 */
export function topExports(text: string, imports: readonly ImportFact[]): ExportFact[] {
  const found: ExportFact[] = [];
  for (const [, declared, named, passed] of text.matchAll(exported)) {
    if (declared !== undefined) found.push({ exported: declared, local: declared });
    else if (named !== undefined && named !== 'extends') found.push({ exported: 'default', local: named });
    else found.push(defaultExport(passed, imports));
  }
  return found;
}

/** 1 a declared name; 2 the name of a default function or class; 3 a name that is the default export. */
const exported =
  /^export\s+(?:(?:declare\s+|abstract\s+|async\s+)*(?:const\s+enum|const|let|var|function\s*\*?|class|interface|type|enum)\s+([\w$]+)|default\s+(?:(?:abstract\s+|async\s+)*(?:function\s*\*?|class|interface)\s+([\w$]+)|([\w$]+)[ \t]*;?[ \t]*\r?$|))/gm;

function defaultExport(name: string | undefined, imports: readonly ImportFact[]): ExportFact {
  for (const { specifier, bindings } of imports)
    for (const { local, imported } of bindings)
      if (local === name) return { exported: 'default', from: { specifier, imported } };
  return { exported: 'default', local: name ?? 'default' };
}

function holdsMore(text: string, from: number): boolean {
  if (text.indexOf('import', from) < 0 && text.indexOf('require', from) < 0) return false;
  return furtherDown.test(text.slice(from));
}

const trivia = /(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|;)*/y;
const directive = /(['"])use [\w ]+\1;?/y;
/** 1 `type`, 2 clause, 4 specifier; or 6 the specifier of an import for its side effects. */
const statement =
  /import(?:\s+(type)(?=\s+(?!from\b)[\w$]|\s*[{*]))?(?:\s*((?:[\w$]+\s*,?\s*)?(?:\*\s*as\s+[\w$]+|\{[\w$\s,]*\})?)\s*from\s*(['"])([^'"\n\r]*)\3|\s*(['"])([^'"\n\r]*)\5)(?:[ \t]*;|(?=[ \t]*(?:[\r\n]|\/\/|$)))/y;
const furtherDown = /(?:^|[;{}])[ \t]*import(?![\w$:]|\s*[:=,)])|\bimport\s*\(|\brequire\s*\(|\bimport\s+\w+\s*=/m;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

type Binding = ImportFact['bindings'][number];

function bindingsOf(clause: string, typeOnly: boolean): Binding[] | undefined {
  const bindings: Binding[] = [];
  const brace = clause.indexOf('{');
  const named = brace < 0 ? undefined : clause.slice(brace + 1, clause.lastIndexOf('}'));
  for (const part of (brace < 0 ? clause : clause.slice(0, brace)).split(',')) {
    const name = part.trim();
    if (name === '') continue;
    const namespace = /^\*\s*as\s+([\w$]+)$/.exec(name);
    if (namespace !== null) bindings.push({ imported: '*', local: namespace[1]!, typeOnly });
    else bindings.push({ imported: 'default', local: name, typeOnly });
  }
  for (const part of named?.split(',') ?? []) {
    const words = part.trim().split(/\s+/);
    if (words[0] === '') continue;
    const isType = words[0] === 'type' && words.length > 1 && words[1] !== 'as';
    const [imported, as, local] = isType ? words.slice(1) : words;
    if (imported === undefined || (as !== undefined && (as !== 'as' || local === undefined)) || words.length > 4)
      return undefined;
    bindings.push({ imported, local: local ?? imported, typeOnly: typeOnly || isType });
  }
  return bindings;
}
