import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import type { SeedRefusal } from '../values/seed.ts';
import type { Why } from '../writing/cuts.ts';
import { type Block, type Blocks, casesBelow } from './blocks.ts';
import type { TestFlag } from './names.ts';
import type { Pin, Pins } from './pins.ts';
import type { Look } from './set-up.ts';
import { type Placed, type Placing, sideOfCell } from './sides.ts';

export interface Decided {
  readonly deleted: ReadonlyMap<Block, Why>;
  /** Set-up that goes, where its block does not. */
  readonly pins: readonly Pin[];
  /** Rows of lists of cases that go, each with its list's other parts. */
  readonly rows: readonly Placed[];
  readonly given: Placing['given'];
  readonly looks: readonly Look[];
  readonly names: readonly string[];
  readonly isEmptied: boolean;
}

/** Decides which cases go with the flags, which set-up goes, and where a person has to look. */
export function decide(
  source: Source,
  blocks: Blocks,
  placing: Placing,
  unclear: Pins['unclear'],
  refused: readonly SeedRefusal[],
  unsure: readonly Placed[],
): Decided {
  const deleted = new Map<Block, Why>();
  const looks: Look[] = [];
  const kept = new Set<Pin>();
  const rows: Placed[] = [];
  const flags = new Set([...placing.placed.map(({ pin }) => pin.flag), ...placing.free.map(({ flag }) => flag)]);
  const looked = new Set<ts.Node>();
  const look = (node: ts.Node, reason: string): void => {
    if (!looked.has(node)) looks.push({ range: { start: node.getStart(), end: node.end }, reason });
    looked.add(node);
  };
  for (const flag of flags) {
    const placed = placing.placed.filter(({ pin }) => pin.flag === flag);
    const frozen = frozenBlocks(source, blocks, flag, refused);
    for (const one of placed) if (frozen.has(one.block)) kept.add(one.pin);
    if (frozen.has(blocks.file)) for (const pin of placing.free) if (pin.flag === flag) kept.add(pin);
    decideFlag(source, flag, blocks, { placed, frozen, deleted, kept, rows, look });
  }
  for (const pin of placing.unclear) if (!isGone(pin.node, deleted)) look(pin.node, unknownSet(pin.flag));
  for (const { flag, node, asserts } of unclear)
    if (!isGone(node, deleted) && !frozenBlocks(source, blocks, flag, refused).has(blocks.around(node)))
      look(node, asserts ? asserted(flag) : unknownMention(flag));
  for (const one of unsure)
    if (isDeadAnswer(one, placing) && !isGone(one.pin.node, deleted)) look(one.pin.node, answersAll(one.pin.flag));
  const all = casesBelow(blocks.file);
  const going = new Set([...deleted.keys()].flatMap((block) => (block.kind === 'case' ? [block] : casesBelow(block))));
  return {
    deleted,
    pins: [...placing.free, ...placing.placed.map(({ pin }) => pin)].filter((pin) => !kept.has(pin)),
    rows,
    given: placing.given,
    looks,
    names: [...going].flatMap(fullName),
    isEmptied: all.length > 0 && all.every((block) => going.has(block)),
  };
}

/** It answers with the side that is gone; where a case also sets the flag itself, what counts is not certain. */
function isDeadAnswer({ pin, block, side }: Placed, { placed }: Placing): boolean {
  const isSet = placed.some((one) => one.block === block && one.pin.flag === pin.flag);
  return side === 'dead' && (!isSet || block.kind === 'case');
}

interface Deciding {
  readonly placed: readonly Placed[];
  readonly frozen: ReadonlySet<Block>;
  readonly deleted: Map<Block, Why>;
  readonly kept: Set<Pin>;
  readonly rows: Placed[];
  readonly look: (node: ts.Node, reason: string) => void;
}

/** What a block inherits: `default` is set for so much that not all of it can be about the flag. */
type Inherited = 'live' | 'dead' | 'default' | undefined;

function decideFlag(source: Source, flag: TestFlag, blocks: Blocks, on: Deciding): void {
  const isContrasted = on.placed.some(({ side, column }) => side === 'live' || column);
  const why: Why = { kind: 'test', reason: `it is about '${flag.key}' ${offWord(flag)}, which is gone` };
  /** True when something below still runs with what is inherited from above. */
  const walk = (block: Block, inherited: Inherited): boolean => {
    const own = on.placed.filter((one) => one.block === block);
    if (on.frozen.has(block) && block.kind === 'case') return false;
    if (dropRows(source, flag, own, on) && block.kind !== 'file') {
      on.deleted.set(block, why);
      return false;
    }
    if (block.kind === 'case') return decideCase(block, own, inherited, isContrasted, why, on);
    const set = setBy(block, own);
    const next: Inherited = set ?? inherited;
    const children = block.children.filter(({ kind }) => kind === 'case' || kind === 'suite');
    const runs = children.map((child) => walk(child, next)).some(Boolean);
    if (set === 'default' && runs) on.look(own.find(({ side }) => side === 'dead')!.pin.node, ranWith(flag));
    if (block.kind === 'suite' && children.length > 0 && children.every((child) => on.deleted.has(child)))
      on.deleted.set(block, why);
    return set === undefined && runs;
  };
  walk(blocks.file, undefined);
}

/** Takes away the rows of the dead side; true when none is left. */
function dropRows(source: Source, flag: TestFlag, own: readonly Placed[], on: Deciding): boolean {
  let isEmpty = false;
  for (const one of own) {
    if (!one.column || on.kept.has(one.pin)) continue;
    on.rows.push(one);
    isEmpty ||= one.column.rows.every(({ cell }) => sideOfCell(source, flag, cell) === 'dead');
  }
  return isEmpty;
}

function decideCase(
  block: Block,
  all: readonly Placed[],
  inherited: Inherited,
  isContrasted: boolean,
  why: Why,
  on: Deciding,
): boolean {
  const said = all.filter(({ isDefault }) => !isDefault);
  if (said.length === 0 && all.some(({ side }) => side === 'dead')) {
    const dead = all.find(({ side }) => side === 'dead')!;
    on.look(dead.within ?? dead.pin.node, ranWith(dead.pin.flag));
    return false;
  }
  // What the case says itself goes before what its helpers do unasked.
  const own = said.length > 0 ? said : all;
  const sides = new Set(own.map(({ side }) => side));
  if (sides.size === 2) {
    for (const { pin } of own) on.kept.add(pin);
    on.look(own[0]!.pin.node, `This case sets '${own[0]!.pin.flag.key}' to several values; fold it by hand.`);
    return false;
  }
  const side = own.length > 0 ? own[0]!.side : inherited;
  if (side !== 'dead') return own.length === 0;
  const [first] = own;
  // One of several flags that a case sets, in a file that never sets it otherwise, need not be what the case is about.
  if (first && own.every(({ pin }) => !pin.alone) && !isContrasted && !saysOff(titleOf(block), first.pin.flag)) {
    on.look(first.pin.node, ranWith(first.pin.flag));
    return false;
  }
  if (block.statements.length > 0 && !isUsedElsewhere(block)) on.deleted.set(block, why);
  else {
    for (const { pin } of own) on.kept.add(pin);
    on.look(
      own[0]?.pin.node ?? block.node,
      `This is about '${own[0]?.pin.flag.key ?? ''}' being gone; take it out by hand.`,
    );
  }
  return false;
}

function titleOf(block: Block): string {
  return [block.title, block.parent?.title].filter((one) => one !== undefined).join(' ');
}

/** A story that another one builds on. */
function isUsedElsewhere(block: Block): boolean {
  const [statement] = block.statements;
  if (!statement || !ts.isVariableStatement(statement) || block.title === undefined) return false;
  const { title } = block;
  let used = false;
  const visit = (node: ts.Node): void => {
    if (block.statements.includes(node as ts.Statement)) return;
    if (ts.isIdentifier(node) && node.text === title) used = true;
    ts.forEachChild(node, visit);
  };
  visit(statement.getSourceFile());
  return used;
}

/** What a suite's (or the file's) own set-up says. Hooks run after what stands in the file beside them. */
function setBy(block: Block, own: readonly Placed[]): Inherited {
  if (own.length === 0) return undefined;
  const inHook = own.filter(({ pin }) => ts.findAncestor(pin.node, ts.isFunctionLike) !== undefined);
  const last = (inHook.at(-1) ?? own.at(-1))!;
  if (last.side === 'live') return 'live';
  if (block.kind !== 'suite' || own.some(({ isDefault }) => isDefault)) return 'default';
  if (saysOff(block.title, last.pin.flag)) return 'dead';
  return block.parent?.kind === 'suite' && own.every(({ pin }) => pin.alone) ? 'dead' : 'default';
}

/** The outermost suite is about a module more often than about a flag, unless its title says so. */
function saysOff(title: string | undefined, { keep }: TestFlag): boolean {
  return title !== undefined && (keep === false ? onWords : offWords).test(title);
}

const offWords = /\b(?:off|disabled?|without|inactive|legacy|old|not|no|false|deactivated|hidden)\b/i;
const onWords = /\b(?:on|enabled?|with|active|new|true|activated|shown)\b/i;

/** Blocks whose cases ask for the flag itself: there, its set-up stays. */
function frozenBlocks(source: Source, blocks: Blocks, flag: TestFlag, refused: readonly SeedRefusal[]): Set<Block> {
  const frozen = new Set<Block>();
  for (const { seed } of refused) {
    if (seed.read.key !== flag.key) continue;
    const node = tokenAt(source.file, seed.read.range.start);
    const block = blocks.around(node);
    const isAbove = block.kind !== 'case';
    if (isAbove) for (const one of casesBelow(block)) frozen.add(one);
    for (let at: Block | undefined = block; at; at = at.parent) frozen.add(at);
    if (isAbove) for (const one of suitesBelow(block)) frozen.add(one);
  }
  return frozen;
}

function suitesBelow(block: Block): Block[] {
  return block.children.flatMap((child) => [child, ...suitesBelow(child)]);
}

function tokenAt(node: ts.Node, offset: number): ts.Node {
  const child = ts.forEachChild(node, (one) => (one.getStart() <= offset && offset < one.end ? one : undefined));
  return child ? tokenAt(child, offset) : node;
}

function isGone(node: ts.Node, deleted: ReadonlyMap<Block, Why>): boolean {
  const holds = (outer: ts.Node): boolean => outer.pos <= node.pos && node.end <= outer.end;
  return [...deleted.keys()].some((block) => block.statements.some(holds));
}

/** `suite suite case`, as Jest and Vitest name snapshots; nothing where a title is put together. */
function fullName(block: Block): string[] {
  const titles: string[] = [];
  for (let at: Block | undefined = block; at && at.kind !== 'file'; at = at.parent) {
    if (at.title === undefined || at.each) return [];
    titles.unshift(at.title);
  }
  return [titles.join('\n')];
}

function offWord({ keep }: TestFlag): string {
  if (typeof keep !== 'boolean') return `other than ${JSON.stringify(keep)}`;
  return keep ? 'off' : 'on';
}

function ranWith(flag: TestFlag): string {
  return `Tests that this counts for ran with '${flag.key}' ${offWord(flag)}, which is gone; look which of them are about that, and delete those.`;
}

function unknownSet({ key }: TestFlag): string {
  return `What this sets '${key}' to is not known here; look which tests are about the side that is gone, and take it out.`;
}

function unknownMention({ key }: TestFlag): string {
  return `This names '${key}' in a way that does not tell what it is for; look whether it is still needed.`;
}

function answersAll({ key }: TestFlag): string {
  return `This answers alike for every flag, and with the side of '${key}' that is gone; look which tests are about that, and delete those.`;
}

function asserted({ key }: TestFlag): string {
  return `This expects that somebody asks for '${key}', which nobody does any more; take it out.`;
}
