import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import type { Cut, Why } from '../cuts.ts';
import type { Seed } from '../known.ts';
import type { RemovalInput } from '../remove-flags.ts';
import { nodeAt, type SeedRefusal } from '../seed.ts';
import type { Source } from '../source.ts';
import { blocksOf } from './blocks.ts';
import { decide } from './decide.ts';
import { mockedAnswers } from './mocked.ts';
import { namingOf, type TestFlag } from './names.ts';
import { findPins, type Pin } from './pins.ts';
import { reachesOtherFlags } from './reach.ts';
import { takeOut } from './removals.ts';
import { selfReads } from './self-reads.ts';
import { placePins } from './sides.ts';

/** What becomes of a test file beyond what folds: cases of the dead side go, and set-up of the live one. */
export interface SetUp {
  /** Statements and members of lists. */
  readonly leaving: ReadonlyMap<ts.Node, Why>;
  readonly cuts: readonly Cut[];
  /** Comparisons with the key in mocks: what they yield now that nobody asks for it. */
  readonly never: ReadonlyMap<ts.Expression, { readonly flag: TestFlag; readonly value: boolean }>;
  readonly looks: readonly Look[];
  /** Full names of cases that go, as snapshots name them. */
  readonly cases: readonly string[];
  /** No case is left in the file. */
  readonly isEmptied: boolean;
  /** Reads that stay because a test is about them. */
  readonly refused: readonly SeedRefusal[];
}

/** A place that a person has to look at. */
export interface Look {
  readonly range: TextRange;
  readonly reason: string;
}

export function setUpOf(
  source: Source,
  flags: readonly TestFlag[],
  seeds: readonly Seed[],
  input: RemovalInput,
): SetUp {
  const blocks = blocksOf(source);
  const refused = selfReads(source, seeds);
  const spans = new Set(seeds.map(({ read }) => `${read.range.start} ${read.range.end}`));
  const isRead = (node: ts.Node): boolean => spans.has(`${node.getStart(source.file)} ${node.end}`);
  const { pins, unclear } = findPins(source, flags, namingOf(source, flags, input), isRead);
  let reaches: boolean | undefined;
  const reachesOthers = (): boolean => {
    reaches ??= reachesOtherFlags(source.path, new Set(flags.map(({ key }) => key)), input);
    return reaches;
  };
  const answers = mockedAnswers(source, flags, () => !reachesOthers(), input).filter(
    ({ node }) => !holdsPin(node, pins),
  );
  const placing = placePins(source, [...pins, ...answers], blocks);
  const unknown = placing.unclear.filter((pin) => !answers.includes(pin));
  const decided = decide(source, blocks, { ...placing, unclear: unknown }, unclear, refused);
  const out = takeOut(source, decided, blocks, reachesOthers);
  takeSavedValues(source, seeds, out.leaving);
  return { ...out, looks: decided.looks, cases: decided.names, isEmptied: decided.isEmptied, refused };
}

/** `const original = process.env.X`, kept to be restored, where nothing restores it any more. */
function takeSavedValues(source: Source, seeds: readonly Seed[], leaving: Map<ts.Node, Why>): void {
  const isGone = (node: ts.Node): boolean => ts.findAncestor(node, (one) => leaving.has(one)) !== undefined;
  for (const { read } of seeds) {
    const node = nodeAt(source.file, read);
    const holder = node?.parent;
    if (!holder || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) continue;
    const symbol = source.symbolOf(holder.name);
    const references = symbol ? source.referencesOf(symbol) : [];
    if (references.length === 0 || !references.every(isGone)) continue;
    const list = holder.parent;
    const isAlone = ts.isVariableDeclarationList(list) && list.declarations.length === 1;
    const statement = isAlone ? list.parent : holder;
    leaving.set(statement, { kind: 'test', reason: `nothing restores '${read.key}' any more` });
  }
}

function holdsPin(node: ts.Node, pins: readonly Pin[]): boolean {
  return pins.some((pin) => node.pos <= pin.node.pos && pin.node.end <= node.end);
}
