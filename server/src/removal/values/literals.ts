import { ts } from 'ts-morph';
import { quote, quoteOf } from '../writing/emit-values.ts';
import { type Emission, foldedWhy, put, rangeOf } from '../writing/expressions.ts';
import { literalOf } from './constants.ts';
import type { Folding } from './folded.ts';
import { isPlain, type Seed, type Value } from './known.ts';
import { skipParens } from './purity.ts';

/** The literal that an expression becomes, and why. */
interface Literal {
  readonly value: Value;
  readonly seeds: readonly Seed[];
}

/** The literal that will stand in place of an expression because of what folds; undefined for one that stays as it is. */
export function literalAfter(folding: Folding, node: ts.Expression): Literal | undefined {
  const folded = folding.fold(node);
  if (!folded) return templateAfter(folding, skipParens(node));
  if (folded.effects.length > 0) return undefined;
  if (folded.known) return isPlain(folded.known) ? { value: folded.known.value, seeds: folded.seeds } : undefined;
  const literal = folded.node && literalOf(folded.node);
  if (literal) return { value: literal.value, seeds: folded.seeds };
  const inner = folded.node && folded.node !== node ? templateAfter(folding, skipParens(folded.node)) : undefined;
  return inner && { value: inner.value, seeds: [...folded.seeds, ...inner.seeds] };
}

/** A template of which every part becomes a literal. */
function templateAfter(folding: Folding, node: ts.Expression): Literal | undefined {
  if (!ts.isTemplateExpression(node)) return undefined;
  let value = node.head.text;
  const seeds: Seed[] = [];
  for (const { expression, literal } of node.templateSpans) {
    const part = literalAfter(folding, expression);
    if (!part) return undefined;
    value += String(part.value) + literal.text;
    seeds.push(...part.seeds);
  }
  return { value, seeds };
}

/** `a ${flag ? 'b' : 'c'}`: text where it is certain. */
export function emitTemplate(emission: Emission, node: ts.TemplateExpression): boolean {
  if (ts.isTaggedTemplateExpression(node.parent)) return false;
  const { folding, out } = emission;
  const whole = templateAfter(folding, node);
  if (whole && /^[^\r\n\\'"`$]*$/.test(String(whole.value))) {
    put(emission, node, quote(String(whole.value), quoteOf(folding.source.file)), foldedWhy(whole.seeds));
    return true;
  }
  let start = node.head.end;
  for (const { expression, literal } of node.templateSpans) {
    const part = literalAfter(folding, expression);
    const kept = folding.fold(expression)?.node;
    const inner = kept && skipParens(kept);
    const why = foldedWhy(part?.seeds ?? folding.fold(expression)?.seeds ?? []);
    const end = literal.getStart() + 1;
    if (part) out.cuts.push({ start: start - 2, end, text: escaped(String(part.value)), ...why });
    else if (inner && ts.isTemplateExpression(inner) && folding.fold(expression)?.effects.length === 0) {
      out.cuts.push({ start: start - 2, end: inner.getStart() + 1, text: '', ...why });
      out.cuts.push({ start: inner.end - 1, end, text: '', ...why });
      for (const span of inner.templateSpans) emission.visit(span);
    } else emission.visit(expression);
    start = literal.end;
  }
  return true;
}

function escaped(text: string): string {
  return text.replace(/[`\\]|\$(?=\{)/g, '\\$&');
}

/** `'theme-' + flag` becomes one text. */
export function emitJoined(emission: Emission, node: ts.BinaryExpression): boolean {
  if (node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  const { folding } = emission;
  const [a, b] = [literalAfter(folding, node.left), literalAfter(folding, node.right)];
  const left = a ?? literalOf(node.left);
  const right = b ?? literalOf(node.right);
  if ((!a && !b) || typeof left?.value !== 'string' || typeof right?.value !== 'string') return false;
  const text = quote(left.value + right.value, quoteOf(folding.source.file));
  put(emission, node, text, foldedWhy([...(a?.seeds ?? []), ...(b?.seeds ?? [])]));
  return true;
}

const name = /^[A-Za-z_$][\w$]*$/;

/** `labels[flag]` becomes `labels.dark`. */
export function emitElementAccess(emission: Emission, node: ts.ElementAccessExpression): boolean {
  const key = literalAfter(emission.folding, node.argumentExpression);
  if (!key || typeof key.value !== 'string' || !name.test(key.value)) return false;
  const start = node.expression.end;
  const text = node.questionDotToken ? '?.' : '.';
  emission.out.cuts.push({ start, end: node.end, text: text + key.value, ...foldedWhy(key.seeds) });
  emission.visit(node.expression);
  return true;
}

/** `{ [flag]: 1 }` becomes `{ dark: 1 }`. */
export function emitComputedName(emission: Emission, node: ts.ComputedPropertyName): boolean {
  const key = literalAfter(emission.folding, node.expression);
  if (!key || typeof key.value !== 'string' || key.value === '__proto__' || key.value === 'constructor') return false;
  const written = name.test(key.value) ? key.value : quote(key.value, quoteOf(emission.folding.source.file));
  emission.out.cuts.push({ ...rangeOf(node), text: written, ...foldedWhy(key.seeds) });
  return true;
}
