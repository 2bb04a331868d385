import { Parser } from 'htmlparser2';
import type { TextRange } from '../core/text.ts';
import type { ArgFact, FileFacts, ReadSite, ValueExpr } from './file-facts.ts';
import { marksIn, markupComments, mayHoldMarks, noMarks } from './marks.ts';

/** The facts of an HTML file: directives of an Angular template, where it has some that are asked for. */
export function templateFacts(text: string, directives: ReadonlySet<string>): FileFacts {
  return {
    imports: none,
    exports: none,
    names: none,
    reads: mentionsOne(text, directives) ? directiveSites(text, 0, directives) : none,
    ...(mayHoldMarks(text) ? marksIn(text, markupComments(text)) : noMarks),
    syntaxErrors: 0,
    generated: false,
  };
}

const none: readonly never[] = [];

/** A search in the text, which costs little: few templates hold such a directive. */
export function mentionsOne(text: string, directives: ReadonlySet<string>): boolean {
  for (const name of directives) if (text.includes(name)) return true;
  return false;
}

/**
 * Directives of an Angular template, as stars (`*booleanFeatureFlag="'x'; default: false"`) and spelled out
 * (`[booleanFeatureFlag]="'x'" [booleanFeatureFlagDefault]="false"`). The key is the prop called like the directive; the other inputs
 * are props under their own names (`default`).
 * @param at offset of the template in its file
 */
export function directiveSites(template: string, at: number, directives: ReadonlySet<string>): ReadSite[] {
  const sites: ReadSite[] = [];
  let attributes: Attribute[] = [];
  const parser = new Parser(
    {
      onopentagname() {
        attributes = [];
      },
      onattribute(name, value) {
        const start = parser.startIndex;
        const lead = /^\s*=\s*(["']?)/.exec(
          template.slice(start + name.length, start + name.length + value.length + 100),
        );
        if (lead === null || value === '') return;
        const from = start + name.length + lead[0].length;
        const end = from + value.length + lead[1]!.length;
        attributes.push({ name, value, start: at + start, valueStart: at + from, end: at + end });
      },
      onopentag() {
        for (const attribute of attributes) {
          const name = /^[*[]?([\w$]+)\]?$/.exec(attribute.name)?.[1];
          if (name !== undefined && directives.has(name)) sites.push(siteOf(name, attribute, attributes));
        }
      },
    },
    { decodeEntities: false, lowerCaseTags: false, lowerCaseAttributeNames: false, recognizeSelfClosing: true },
  );
  parser.end(template);
  return sites;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

function siteOf(name: string, attribute: Attribute, siblings: readonly Attribute[]): ReadSite {
  const { value, start, valueStart, end } = attribute;
  const props = attribute.name.startsWith('*')
    ? starred(name, value, valueStart)
    : spelledOut(name, attribute, siblings);
  const nameStart = start + attribute.name.indexOf(name);
  return {
    form: 'directive',
    name,
    receiver: '',
    origins: [],
    range: { start, end },
    nameRange: { start: nameStart, end: nameStart + name.length },
    args: [],
    props,
    awaited: false,
    members: [],
    escapes: false,
  };
}

/** `'x'; default: false; else: other`: the first expression is the key, names stand before the others. */
function starred(name: string, value: string, at: number): Record<string, ArgFact> {
  const props: Record<string, ArgFact> = {};
  for (const [index, part] of segments(value).entries()) {
    const text = value.slice(part.start, part.end);
    const input = index === 0 ? /^\s*/.exec(text)! : /^\s*(?!let\s)([\w$]+)\s*(?::\s*|\s)/.exec(text);
    if (input === null) continue;
    const expression = text
      .slice(input[0].length)
      .replace(/\s+as\s+[\w$]+\s*$/, '')
      .trimEnd();
    const start = at + part.start + input[0].length;
    props[input[1] ?? name] = argument(expression, start);
  }
  return props;
}

/** Inputs of the directive are attributes called like it, with their own name behind. Without brackets they are strings. */
function spelledOut(name: string, attribute: Attribute, siblings: readonly Attribute[]): Record<string, ArgFact> {
  const props: Record<string, ArgFact> = {};
  for (const one of siblings) {
    const input = /^(\[?)([\w$]+)\]?$/.exec(one.name);
    const own = one === attribute ? '' : input?.[2]?.startsWith(name) ? input[2].slice(name.length) : undefined;
    if (input === null || own === undefined || (own === '' && one !== attribute)) continue;
    const lead = /^\s*/.exec(one.value)![0].length;
    const range = { start: one.valueStart, end: one.valueStart + one.value.length };
    props[own === '' ? name : own[0]!.toLowerCase() + own.slice(1)] =
      input[1] === '['
        ? argument(one.value.trim(), one.valueStart + lead)
        : { range, value: { kind: 'string', value: one.value } };
  }
  return props;
}

/** The parts between `;`, those in strings and brackets left alone. */
function segments(value: string): TextRange[] {
  const parts: TextRange[] = [];
  let start = 0;
  let depth = 0;
  for (const token of value.matchAll(/(["'`])(?:\\.|(?!\1)[^\\])*\1|[()[\]{};]/g)) {
    if (/^[([{]$/.test(token[0])) depth++;
    else if (/^[)\]}]$/.test(token[0])) depth--;
    else if (token[0] === ';' && depth === 0) {
      parts.push({ start, end: token.index });
      start = token.index + 1;
    }
  }
  parts.push({ start, end: value.length });
  return parts;
}

function argument(expression: string, start: number): ArgFact {
  return { range: { start, end: start + expression.length }, value: literalOf(expression) };
}

/** Literals; everything else is a matter of the component. */
function literalOf(expression: string): ValueExpr {
  const text = /^(["'`])((?:(?!\1)[^\\$])*)\1$/.exec(expression)?.[2];
  if (text !== undefined) return { kind: 'string', value: text };
  if (expression === 'true' || expression === 'false') return { kind: 'boolean', value: expression === 'true' };
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return { kind: 'number', value: Number(expression) };
  return { kind: 'dynamic' };
}
