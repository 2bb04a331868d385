import type { Draw } from './draw.ts';

/** What a name holds, so that no program trips over a value of another kind. */
export type Kind = 'any' | 'let' | 'function' | 'async' | 'object' | 'array' | 'class';

export interface Name {
  readonly name: string;
  readonly kind: Kind;
}

/** What may be written at one place. */
export interface Scope {
  readonly names: readonly Name[];
  /** Names that the block around declares itself. */
  readonly declared: Set<string>;
  readonly inFunction: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly inLoop: boolean;
  readonly labels: readonly string[];
  /** How many more levels of blocks and functions may follow. */
  readonly depth: number;
  /** Nothing of the block was written yet: a name that shadows another one is read by nobody before it is set. */
  readonly isFirst: boolean;
}

/** One program in the making. */
export interface Writing {
  readonly draw: Draw;
  /** The keys that reads may name. */
  readonly keys: readonly string[];
  /** Code after a directive is strict; elsewhere functions in blocks are seen outside of them. */
  readonly isStrict: boolean;
  fresh(prefix: string): string;
  /** `log(7, value)`: notes that it ran, and gives the value. */
  log(value: string): string;
  expression(scope: Scope, depth: number): string;
  /** Some statements of one list, each line with its indentation inside of the list. */
  lines(scope: Scope, count: number): string[];
}

export const outermost: Scope = {
  names: [],
  declared: new Set(),
  inFunction: false,
  isAsync: false,
  isGenerator: false,
  inLoop: false,
  labels: [],
  depth: 3,
  isFirst: false,
};

export function declare(scope: Scope, name: string, kind: Kind): Scope {
  scope.declared.add(name);
  return { ...scope, names: [...scope.names.filter((one) => one.name !== name), { name, kind }] };
}

/** The scope of a name's own initializer: what the name will shadow cannot be meant there. */
export function without(scope: Scope, name: string): Scope {
  return { ...scope, names: scope.names.filter((one) => one.name !== name) };
}

export function named(writing: Writing, scope: Scope, ...kinds: readonly Kind[]): string | undefined {
  const fitting = scope.names.filter(({ kind }) => kinds.includes(kind));
  return fitting.length > 0 ? fitting[writing.draw.upTo(fitting.length)]!.name : undefined;
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line ? `  ${line}` : line));
}

export function block(writing: Writing, scope: Scope, most = 3): string[] {
  const inner = { ...scope, declared: new Set<string>(), depth: scope.depth - 1, isFirst: true };
  return indented(writing.lines(inner, 1 + writing.draw.upTo(most)));
}
