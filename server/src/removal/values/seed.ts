import { ts } from 'ts-morph';
import type { FlagRead, Json } from '../../flags/flag.ts';
import type { Source } from '../source.ts';
import { bare, type Known, type Packing, packingAt, type Seed } from './known.ts';
import { isContextOnly } from './purity.ts';

/** A read that cannot be folded, and what a person should do about it, as one sentence. */
export interface SeedRefusal {
  readonly seed: Seed;
  readonly reason: string;
}

/** The reads of one file as nodes of its tree. */
export interface Seeding {
  /** Expressions that are known. */
  readonly expressions: ReadonlyMap<ts.Expression, Known>;
  /** Elements of destructured records whose local name is known. */
  readonly bindings: ReadonlyMap<ts.BindingElement, Known>;
  /** Elements that render their children when the flag is on. */
  readonly components: ReadonlyMap<ts.JsxElement | ts.JsxSelfClosingElement, Known>;
  readonly refused: readonly SeedRefusal[];
}

/** Finds the node of each read. A read whose arguments do something of their own is refused: dropping it would drop that too. */
export function seedReads(source: Source, seeds: readonly Seed[]): Seeding {
  const expressions = new Map<ts.Expression, Known>();
  const bindings = new Map<ts.BindingElement, Known>();
  const components = new Map<ts.JsxElement | ts.JsxSelfClosingElement, Known>();
  const refused: SeedRefusal[] = [];
  for (const seed of seeds) {
    const node = nodeAt(source.file, seed.read);
    const known: Known = { value: valueAt(seed), packing: packingOf(seed.read), seeds: [seed] };
    const reason =
      unfoldable(seed) ??
      (node ? (mistyped(seed) ?? loudPart(node)) : 'The read was not found at its place; save the file and try again.');
    if (reason !== undefined) refused.push({ seed, reason });
    else if (node && ts.isBindingElement(node)) bindings.set(node, known);
    else if (node && (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node))) components.set(node, known);
    else if (node) expressions.set(node as ts.Expression, known);
  }
  return { expressions, bindings, components, refused };
}

/** What the read yields: the other one for what asks whether the flag is off. */
function valueAt({ read, keep }: Seed): Json {
  return read.inverted && typeof keep === 'boolean' ? !keep : keep;
}

function packingOf(read: FlagRead): Packing {
  const { result } = read;
  if (result.kind === 'binding' && result.field !== undefined) return packingAt(result.field);
  if (result.kind !== 'value' && result.kind !== 'details') return bare;
  const inner: Packing = result.kind === 'details' ? packingAt(result.field) : bare;
  return result.async ? { kind: 'promise', of: inner } : inner;
}

/** The outermost node that spans the read exactly and is of its kind. */
export function nodeAt(file: ts.SourceFile, read: FlagRead): ts.Node | undefined {
  const { start, end } = read.range;
  const fits = (node: ts.Node): boolean => {
    if (read.result.kind === 'binding') return ts.isBindingElement(node);
    if (read.result.kind === 'component') return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node);
    return ts.isExpression(node);
  };
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (node.end < end || node.pos > start) return undefined;
    if (node.getStart(file) === start && node.end === end && fits(node)) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(file);
}

/** What of a read no value can be put in place of. */
function unfoldable({ read: { result, through, inverted }, keep }: Seed): string | undefined {
  if (result.kind === 'other') return `${result.how}; fold it by hand.`;
  if (through?.exact === false)
    return `It reads the flag through \`${through.name}\`, which mixes other things in; fold it by hand, or name it in switchyard.jsonc ("flags.reads") if nothing else counts.`;
  if (inverted && typeof keep !== 'boolean')
    return `It tells whether the flag is off, which ${JSON.stringify(keep)} does not say; fold it by hand.`;
  if (
    (result.kind === 'details' || result.kind === 'binding') &&
    result.field !== undefined &&
    !/^[\w$]*(\(\))?(\.[\w$]+(\(\))?)*$/.test(result.field)
  )
    return `The value stands in \`${result.field}\` of the result; fold it by hand.`;
  return undefined;
}

/** A value of another kind than the read can yield would change what the code does. */
function mistyped({ read: { type }, keep }: Seed): string | undefined {
  if (type === undefined || type === typeof keep) return undefined;
  const kept = JSON.stringify(keep);
  if (type === 'boolean') return `The read yields true or false, never ${kept}: keep one of the two.`;
  if (type === 'object') return `The read yields an object, which ${kept} is not; fold it by hand.`;
  return `The read yields a ${type}, which ${kept} is not: keep a value of that kind.`;
}

function loudPart(node: ts.Node): string | undefined {
  if (ts.isBindingElement(node) || ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)) return undefined;
  const parts = ts.isCallExpression(node) ? [node.expression, ...node.arguments] : [node];
  const loud = parts.find((part) => !isContextOnly(part));
  if (!loud) return undefined;
  return `The read itself does something else as well (\`${short(loud.getText())}\`), which would be lost; move that out of the call, then remove the flag.`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
