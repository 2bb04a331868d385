import { ts } from 'ts-morph';
import { parse } from '../../server/src/facts/parse.ts';
import { isSetApart, isTooling } from '../../server/src/rules/comparing/set-apart.ts';
import { type Draw, drawFrom } from '../fuzz/draw.ts';
import type { Change } from './change.ts';
import { applied, type Edit, type Kind } from './kind.ts';
import { isSound, type Source, type Workspace } from './source.ts';

interface Place {
  readonly workspace: Workspace;
  readonly source: Source;
}

/**
 * Changes of these kinds in these workspaces, the kinds taking turns: the same for the same seed. A kind that runs out of places
 * (each file is used once a round, each place once) leaves its share to the others.
 */
export function* changesOf(workspaces: readonly Workspace[], kinds: readonly Kind[], seed: number): Iterable<Change> {
  let turns = kinds.map((kind, i) => changesOfKind(workspaces, kind, drawFrom(seed * 1009 + i))[Symbol.iterator]());
  while (turns.length > 0) {
    const left: typeof turns = [];
    for (const turn of turns) {
      const next = turn.next();
      if (next.done) continue;
      yield next.value;
      left.push(turn);
    }
    turns = left;
  }
}

function* changesOfKind(workspaces: readonly Workspace[], kind: Kind, draw: Draw): Iterable<Change> {
  // Workspaces take turns, so that a large one does not stand for all.
  const lists = shuffled(workspaces, draw).map((workspace) =>
    shuffled(
      [...workspace.files.values()].filter((source) => isFor(kind, source)),
      draw,
    ).map((source) => ({ workspace, source })),
  );
  let places: Place[] = [];
  for (let i = 0; lists.some((list) => i < list.length); i++) places.push(...lists.flatMap((list) => list[i] ?? []));
  const used = new Set<string>();
  while (places.length > 0) {
    const left: Place[] = [];
    for (const place of places) {
      const change = changeIn(place, kind, draw, used);
      if (!change) continue;
      left.push(place);
      yield change;
    }
    places = left;
  }
}

/** A change at one of the places of a file that were not used yet. */
function changeIn({ workspace, source }: Place, kind: Kind, draw: Draw, used: Set<string>): Change | undefined {
  for (const site of shuffled([...kind.sites(source)], draw)) {
    const mark = `${workspace.name} ${source.path} ${site.at}`;
    if (used.has(mark)) continue;
    used.add(mark);
    const edits = site.edits(draw);
    if (!edits || edits.length === 0) continue;
    const now = applied(source.text, edits);
    const files = new Map([[source.path, now]]);
    for (const [path, text] of site.elsewhere?.() ?? [])
      files.set(path, typeof text === 'string' ? text : applied(workspace.files.get(path)!.text, text));
    if (now === source.text || ![...files].every(([path, text]) => isSound(path, text))) continue;
    const { name, fires } = kind;
    const place = kind.anywhere ? { start: 0, end: now.length } : placeOf(source.path, now, edits);
    return { workspace, kind: name, fires, files, path: source.path, place };
  }
  return undefined;
}

/** The outermost function, member or statement that holds the first edit: a finding in it is about the change. */
function placeOf(path: string, now: string, edits: readonly Edit[]): Change['place'] {
  const at = Math.min(...edits.map(({ start }) => start));
  if (!/\.[cm]?[jt]sx?$/.test(path)) return { start: 0, end: now.length };
  const holds = (one: ts.Node) => one.pos <= at && at <= one.end;
  const top = parse(path, now).statements.filter(holds).at(-1);
  const member = top && ts.isClassDeclaration(top) ? top.members.filter(holds).at(-1) : undefined;
  const node = member ?? top;
  return node ? { start: node.pos, end: node.end } : { start: 0, end: now.length };
}

function isFor(kind: Kind, { path }: Source): boolean {
  const isCode = /\.[cm]?tsx?$/.test(path);
  const isTest = /\.(?:test|spec)\.[cm]?tsx?$/.test(path);
  if (kind.in === 'test') return isTest;
  if (kind.in === 'data') return !isCode || isTooling(path);
  return isCode && !isTest && !isSetApart(path) && !isTooling(path);
}

function shuffled<T>(list: readonly T[], draw: Draw): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = draw.upTo(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
