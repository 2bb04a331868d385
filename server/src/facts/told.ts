import type { TextRange } from '../core/text.ts';
import type { Declaration } from './change-facts.ts';
import type { Collected } from './collect.ts';

/** The text around a declaration that it depends on, and where it starts. Undefined for what depends on more than one part of the file. */
export interface Unit {
  readonly text: string;
  readonly start: number;
  /** The parts of the file that the text is made of. */
  readonly spans: readonly (readonly [start: number, end: number])[];
}

export function unitOver(text: string, spans: Unit['spans']): Unit {
  return { text: spans.map(([start, end]) => text.slice(start, end)).join('\0'), start: spans.at(-1)![0], spans };
}

/** What the outline of a file says of a declaration. */
export type Head = Pick<Declaration, 'id' | 'kind' | 'name' | 'container' | 'range' | 'nameRange' | 'exported'>;

/** What does not depend on where it stands. */
export interface Form extends Pick<Declaration, 'normal' | 'shape' | 'names' | 'shingles'> {
  /** Of its statements, in order. */
  readonly parts: readonly string[];
}

/** The rest. */
export type Body = Collected & Pick<Declaration, 'statements' | 'parameters' | 'async' | 'signature'>;

/** Tells what is in a declaration of a text, by its id. */
export interface Tellers {
  form(id: string): Form;
  body(id: string, form: Form): Body;
}

export interface ToldParts {
  readonly form?: Form;
  readonly body?: Body;
}

interface Earlier {
  readonly body: Body;
  readonly start: number;
}

/** A declaration that tells what is in it when somebody asks. A class, because there are thousands: getters of its own would cost each a kilobyte. */
export class Told implements Declaration {
  readonly id: string;
  readonly kind: Declaration['kind'];
  readonly name: string;
  readonly container: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly exported: boolean;
  readonly unit: Unit | undefined;
  readonly #tellers: Tellers;
  #form: Form | undefined;
  #body: Body | undefined;
  /** What was told of it in an earlier text. */
  readonly #earlier: Earlier | undefined;

  /**
   * @param known the same declaration in an earlier text
   * @param parts what was told of it in an earlier run
   */
  constructor(head: Head, unit: Unit | undefined, tellers: Tellers, known: Told | undefined, parts: ToldParts = {}) {
    this.id = head.id;
    this.kind = head.kind;
    this.name = head.name;
    this.container = head.container;
    this.range = head.range;
    this.nameRange = head.nameRange;
    this.exported = head.exported;
    this.unit = unit;
    this.#tellers = tellers;
    this.#form = parts.form;
    this.#body = parts.body;
    if (!known) return;
    this.#form = known.#form;
    this.#earlier = known.unit && known.#body ? { body: known.#body, start: known.unit.start } : known.#earlier;
    if (this.#earlier?.start === unit?.start) this.#body = this.#earlier?.body;
  }

  /** All was asked of it that there is to ask. */
  get isTold(): boolean {
    return this.#form !== undefined && this.#body !== undefined;
  }

  /** What somebody asked for. */
  get parts(): ToldParts {
    return { form: this.#form, body: this.#body };
  }

  get #formed(): Form {
    this.#form ??= this.#tellers.form(this.id);
    return this.#form;
  }

  get #full(): Body {
    this.#body ??= this.#earlier
      ? movedBy(this.#earlier.body, this.unit!.start - this.#earlier.start)
      : this.#tellers.body(this.id, this.#formed);
    return this.#body;
  }

  get normal(): Declaration['normal'] {
    return this.#formed.normal;
  }

  get shape(): Declaration['shape'] {
    return this.#formed.shape;
  }

  get names(): Declaration['names'] {
    return this.#formed.names;
  }

  get shingles(): Declaration['shingles'] {
    return this.#formed.shingles;
  }

  get branches(): Declaration['branches'] {
    return this.#full.branches;
  }

  get logicBranches(): Declaration['logicBranches'] {
    return this.#full.logicBranches;
  }

  get renders(): Declaration['renders'] {
    return this.#full.renders;
  }

  get features(): Declaration['features'] {
    return this.#full.features;
  }

  get calls(): Declaration['calls'] {
    return this.#full.calls;
  }

  get conditions(): Declaration['conditions'] {
    return this.#full.conditions;
  }

  get statements(): Declaration['statements'] {
    return this.#full.statements;
  }

  get routes(): Declaration['routes'] {
    return this.#full.routes;
  }

  get parameters(): Declaration['parameters'] {
    return this.#full.parameters;
  }

  get async(): Declaration['async'] {
    return this.#full.async;
  }

  get signature(): Declaration['signature'] {
    return this.#full.signature;
  }

  /** All that there is to tell, for who compares or prints it. */
  toJSON(): Declaration {
    const { id, kind, name, container, range, nameRange, exported } = this;
    const { parts: _, ...form } = this.#formed;
    return { id, kind, name, container, range, nameRange, exported, ...form, ...this.#full };
  }
}

/** The same, told of a text in which it stands elsewhere. */
function movedBy(body: Body, by: number): Body {
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
