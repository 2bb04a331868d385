import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import type { RemovalInput } from '../remove-flags.ts';
import type { Source } from '../source.ts';
import type { Seed } from '../values/known.ts';
import { nodeAt, type SeedRefusal } from '../values/seed.ts';
import type { Cut, Why } from '../writing/cuts.ts';
import { type Block, blocksOf } from './blocks.ts';
import { decide } from './decide.ts';
import { type Answer, type IsOnly, mockedAnswers } from './mocked.ts';
import { isPlainWord, namingOf, type TestFlag } from './names.ts';
import { findPins, type Pin } from './pins.ts';
import { flagsReadIn, reachedFiles } from './reach.ts';
import { takeOut } from './removals.ts';
import { selfReads } from './self-reads.ts';
import { type Placed, type Placing, placePins } from './sides.ts';

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
  const naming = namingOf(source, flags, input);
  const { pins, unclear } = findPins(source, flags, naming, isRead);
  let reached: Set<string> | undefined;
  const reaches = (): Set<string> => {
    reached ??= flagsReadIn(reachedFiles(source.path, input), input);
    return reached;
  };
  const removed = new Set(flags.map(({ key }) => key));
  const reachesOthers = (): boolean => [...reaches()].some((key) => !removed.has(key));
  const isOnly: IsOnly = (flag) =>
    (reaches().has(flag.key) && !reachesOthers()) || (isSole(flag, pins) && !namesOthers(source, flags, input));
  const answers = mockedAnswers(source, flags, naming, isOnly, reachesOthers, input).filter(
    ({ node }) => !holdsPin(node, pins),
  );
  const placing = placePins(source, pins, blocks);
  const answering = placePins(source, answers, blocks);
  const isSure = ({ pin, block }: Placed): boolean => (pin as Answer).isSure || isTitled(pin.flag, block);
  const all: Placing = {
    placed: [...placing.placed, ...answering.placed.filter(isSure)],
    free: [...placing.free, ...answering.free.filter((pin) => (pin as Answer).isSure)],
    unclear: placing.unclear,
    given: placing.given,
  };
  const unsure = answering.placed.filter((one) => !isSure(one) && isNamed(one.pin.flag, pins, source));
  const decided = decide(source, blocks, all, unclear, refused, unsure);
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

/** The title of a suite or a case around says the key. */
function isTitled({ key }: TestFlag, block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent)
    if (at.title !== undefined && !isPlainWord(key) && isWordOf(at.title, key)) return true;
  return false;
}

/** The file's own mocks ask for this flag and no other. */
function isSole(flag: TestFlag, pins: readonly Pin[]): boolean {
  return pins.some((pin) => pin.flag === flag && pin.alone);
}

function namesOthers(source: Source, flags: readonly TestFlag[], { inventory }: RemovalInput): boolean {
  const removed = new Set(flags.map(({ key }) => key));
  return [...inventory.flags].some(([key, { definitions }]) => {
    if (removed.has(key)) return false;
    const members = definitions.flatMap(({ registry }) => (registry ? [`.${registry.member.split('.').at(-1)}`] : []));
    return [`'${key}'`, `"${key}"`, ...members].some((word) => source.text.includes(word));
  });
}

function isNamed(flag: TestFlag, pins: readonly Pin[], { text }: Source): boolean {
  return pins.some((pin) => pin.flag === flag) || (!isPlainWord(flag.key) && isWordOf(text, flag.key));
}

function isWordOf(text: string, key: string): boolean {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$-])${escaped}(?![\\w$-])`).test(text);
}

function holdsPin(node: ts.Node, pins: readonly Pin[]): boolean {
  return pins.some((pin) => node.pos <= pin.node.pos && pin.node.end <= node.end);
}
