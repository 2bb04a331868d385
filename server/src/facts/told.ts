import type { Later } from '../core/later.ts';
import type { TextRange } from '../core/text.ts';
import type { Declaration } from './change-facts.ts';
import type { Collected } from './collect.ts';

/** The text around a declaration that it depends on, and where it starts. Undefined for what depends on more than one part of the file. */
export interface Unit {
  readonly text: string;
  readonly start: number;
}

/** What tells of a declaration, and where it was told. */
export interface Told {
  readonly declaration: Declaration;
  readonly unit: Unit | undefined;
  readonly form: Later<Form>;
  readonly body: Later<Body>;
  /** What was told of it in an earlier text. */
  readonly earlier: Earlier | undefined;
}

interface Earlier {
  readonly body: Body;
  readonly start: number;
}

/** What does not depend on where it stands. */
export interface Form extends Pick<Declaration, 'normal' | 'shape' | 'names' | 'shingles'> {
  /** Of its statements, in order. */
  readonly parts: readonly string[];
}

/** The rest. */
export type Body = Collected & Pick<Declaration, 'statements' | 'parameters' | 'async' | 'signature'>;

/** The same, told of a text in which it stands elsewhere. */
export function movedBy(body: Body, by: number): Body {
  if (by === 0) return body;
  const move = ({ start, end }: TextRange): TextRange => ({ start: start + by, end: end + by });
  const placed = <T extends { readonly range: TextRange }>(one: T): T => ({ ...one, range: move(one.range) });
  return {
    ...body,
    features: body.features.map(placed),
    calls: body.calls.map(placed),
    statements: body.statements.map(placed),
    conditions: body.conditions.map((one) => ({
      condition: move(one.condition),
      holders: one.holders.map(({ name, initializer }) => ({ name, initializer: move(initializer) })),
      operands: one.operands.map((operand) => ({
        ...operand,
        outer: move(operand.outer),
        inner: move(operand.inner),
      })),
      on: one.on.map(move),
      off: one.off.map(move),
    })),
  };
}
