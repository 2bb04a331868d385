import { ts } from 'ts-morph';
import { type Block, type Blocks, blocksOf } from '../tests/blocks.ts';
import { because, type Known } from '../values/known.ts';
import type { Why } from '../writing/cuts.ts';
import type { Call, Mention } from './functions.ts';
import { type Given, givenAt, isDefault } from './given.ts';
import type { Slot } from './parameters.ts';
import type { Outcome } from './place.ts';
import { namings } from './types.ts';
import { type View, valueAt } from './view.ts';

/**
 * What becomes of the calls that tests and stories make: what they give goes, and cases about the value that is gone go as a
 * whole. Undefined where a test may give anything.
 */
export function inTests(
  view: View,
  slot: Slot,
  known: Known,
  calls: readonly Call[],
): Pick<Outcome, 'leaving' | 'looks'> | undefined {
  const leaving: Outcome['leaving'][number][] = [];
  const looks: Outcome['looks'][number][] = [];
  const why: Why = { kind: 'test', reason: `${because(known.seeds)}, so it need not be handed on` };
  for (const [path, ofFile] of byPath(calls)) {
    const given = ofFile.map((call) => givenAt(view, call, slot));
    if (!given.every((one) => one !== undefined)) return undefined;
    const isDead = (one: Given): boolean => one.known !== undefined && one.known.value !== known.value;
    const dead = deadCases(view, path, given.filter(isDead), given);
    if (!dead) return undefined;
    for (const node of dead) leaving.push({ path, node, why: goneWhy(known) });
    for (const [index, one] of given.entries()) {
      if (one.node && !isDead(one)) leaving.push({ path, node: one.node, why });
      else if (!one.node && !isDefault(slot, known)) looks.push(lookAt(ofFile[index]!, slot, known));
    }
  }
  return { leaving, looks };
}

function byPath(calls: readonly Call[]): Map<string, Call[]> {
  const files = new Map<string, Call[]>();
  for (const call of calls) files.set(call.path, [...(files.get(call.path) ?? []), call]);
  return files;
}

function lookAt({ path, node }: Call, slot: Slot, known: Known): Outcome['looks'][number] {
  const name = slot.member ?? slot.fn.node.parameters[slot.index]!.name.getText();
  const range = { start: node.getStart(), end: node.end };
  return {
    path,
    range,
    reason: `This gave no \`${name}\`, and now gets what ${JSON.stringify(known.value)} gave; look whether the test still means what it says.`,
  };
}

/** The statements of the cases and suites that are all about a value which is gone; undefined where they are about more. */
function deadCases(
  view: View,
  path: string,
  dead: readonly Given[],
  all: readonly Given[],
): ts.Statement[] | undefined {
  const source = view.source(path);
  if (dead.length === 0) return [];
  if (!source) return undefined;
  const blocks = blocksOf(source);
  const cases = new Set(dead.map(({ node }) => blocks.around(node!)));
  const isShared = all.some((one) => one.node && !dead.includes(one) && cases.has(blocks.around(one.node)));
  if (isShared || ![...cases].every((one) => one.kind === 'case' && one.statements.length > 0 && !one.each))
    return undefined;
  const gone = withEmptied(blocks, cases);
  return gone.has(blocks.file) ? undefined : [...gone].flatMap(({ statements }) => statements);
}

/** Suites of which no case is left go with their cases. */
function withEmptied({ file }: Blocks, cases: ReadonlySet<Block>): Set<Block> {
  const gone = new Set(cases);
  const visit = (block: Block): void => {
    const children = block.children.filter(({ kind }) => kind === 'case' || kind === 'suite');
    children.forEach(visit);
    if (children.length > 0 && children.every((child) => gone.has(child))) gone.add(block);
  };
  visit(file);
  return gone;
}

/**
 * What becomes of a member in a test or story that uses a component as a value (`component: Cart`): `args: { isNew: true }` loses it, a
 * story with another value goes. Undefined where something else may name it.
 */
export function inArgs(
  view: View,
  { path, source }: Mention,
  member: string,
  known: Known,
  isGone: (node: ts.Node) => boolean,
): Outcome['leaving'] | undefined {
  const blocks = blocksOf(source);
  const leaving: Outcome['leaving'][number][] = [];
  const why: Why = { kind: 'test', reason: `${because(known.seeds)}, so it need not be handed on` };
  for (const name of namings(source.file, member)) {
    if (view.isCut(path, name) || isGone(name)) continue;
    const property = name.parent;
    const holder = ts.isPropertyAssignment(property) ? nameOfHolder(property.parent) : undefined;
    const value = ts.isPropertyAssignment(property) ? valueAt(view, path, property.initializer) : undefined;
    const story = blocks.around(name);
    if (holder === 'argTypes' || (holder === 'args' && value?.value === known.value))
      leaving.push({ path, node: property, why });
    else if (holder === 'args' && value && story.kind === 'case')
      leaving.push(...story.statements.map((node) => ({ path, node, why: goneWhy(known) })));
    else return undefined;
  }
  return leaving;
}

/** `args` for `args: {}` and `Off.args = {}`. */
function nameOfHolder({ parent }: ts.ObjectLiteralExpression): string | undefined {
  if (ts.isPropertyAssignment(parent)) return parent.name.getText();
  const isSet = ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left);
  return isSet ? (parent.left as ts.PropertyAccessExpression).name.text : undefined;
}

function goneWhy(known: Known): Why {
  return { kind: 'test', reason: `it is about what is gone: ${because(known.seeds)}` };
}
