import { ts } from 'ts-morph';
import type { FilePlan } from '../plan-file.ts';
import type { RemovalInput } from '../remove-flags.ts';
import { parseSource, type Source } from '../source.ts';
import { entryPoints } from '../sweeping/entry-points.ts';
import { type ModuleUse, usesByModule } from '../sweeping/module-uses.ts';
import { constantOf } from '../values/constants.ts';
import type { Folding } from '../values/folded.ts';
import { bare, type Known } from '../values/known.ts';
import type { Neighbours } from '../wide-checker.ts';

/** All files during a removal, as far as they are planned by now: what questions across files are asked of. */
export interface View {
  readonly input: RemovalInput;
  /** Parsed once; undefined for what is no module of plain code (markup, broken or generated files). */
  source(path: string): Source | undefined;
  folding(path: string): Folding | undefined;
  /** True for what the plan takes out of its file. */
  isCut(path: string, node: ts.Node): boolean;
  isDeleted(path: string): boolean;
  /** What other files take of a module. */
  usesOf(path: string): readonly ModuleUse[];
  /** True for files that somebody uses whom no import names. */
  isEntry(path: string): boolean;
}

/** Sources of one removal, each parsed once. */
export function sourcesOf(input: RemovalInput): (path: string) => Source | undefined {
  const sources = new Map<string, Source | undefined>();
  const others = new Map<string, ts.SourceFile | undefined>();
  const around: Neighbours = {
    resolve: (from, specifier) => input.graph?.resolve(from, specifier),
    file: (path) => {
      const known = sources.get(path)?.file;
      if (!known && !others.has(path)) others.set(path, parsed(path, input.text(path)));
      return known ?? others.get(path);
    },
  };
  return (path) => {
    if (!sources.has(path)) sources.set(path, sourceAt(path, input, around));
    return sources.get(path);
  };
}

function parsed(path: string, text: string | undefined): ts.SourceFile | undefined {
  return text === undefined ? undefined : ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ESNext, true);
}

function sourceAt(path: string, input: RemovalInput, around: Neighbours): Source | undefined {
  const text = /\.[cm]?[jt]sx?$/.test(path) ? input.text(path) : undefined;
  const facts = input.facts(path);
  if (text === undefined || facts?.generated || (facts?.syntaxErrors ?? 0) > 0) return undefined;
  return parseSource(path, text, around);
}

export function viewOf(
  input: RemovalInput,
  source: View['source'],
  plans: ReadonlyMap<string, FilePlan>,
  deleted: ReadonlySet<string>,
): View {
  let uses: ReadonlyMap<string, readonly ModuleUse[]> | undefined;
  const isEntry = entryPoints(input);
  return {
    input,
    source,
    folding: (path) => plans.get(path)?.folding,
    isCut: (path, node) => {
      if (deleted.has(path)) return true;
      const start = node.getStart();
      const edits = plans.get(path)?.edits ?? [];
      return edits.some(({ range }) => range.start <= start && node.end <= range.end);
    },
    isDeleted: (path) => deleted.has(path),
    usesOf: (path) => {
      uses ??= usesByModule(input);
      return uses.get(path) ?? [];
    },
    isEntry,
  };
}

/** What an expression is known to be: by the flag (then with its reads), or as it is written. */
export function valueAt(view: View, path: string, node: ts.Expression): Known | undefined {
  const folded = view.folding(path)?.fold(node);
  const source = view.source(path);
  if (folded) return folded.known && folded.effects.length === 0 && isPlain(folded.known) ? folded.known : undefined;
  const literal = source && constantOf(source, node);
  const known: Known | undefined = literal && { value: literal.value, packing: bare, seeds: [] };
  return known && isPlain(known) ? known : undefined;
}

/** What can be written at any place: a text, a number, a truth value. */
function isPlain({ value, packing }: Known): boolean {
  return packing.kind === 'bare' && /^(?:string|number|boolean)$/.test(typeof value);
}

/** The value of a member of an object, where it is written as such. */
export function memberValue(member: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isShorthandPropertyAssignment(member)) return member.name;
  return ts.isPropertyAssignment(member) && ts.isIdentifier(member.name) ? member.initializer : undefined;
}
