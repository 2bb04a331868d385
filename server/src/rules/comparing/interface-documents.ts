import type { Node } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import { keysOfSdl } from '../../facts/sdl-keys.ts';
import { entriesOf, field } from '../../flags/definitions/json-tree.ts';
import type { RuleInput } from '../rule.ts';
import { anchorInFile } from './anchor.ts';
import { at, type ComparedDocuments, comparedDocuments, propertyRange } from './documents.ts';
import { isSetApart } from './set-apart.ts';

/** What a description of an interface, kept in a file of its own, does not promise any more. */
export interface LostPromise {
  readonly path: string;
  readonly range: TextRange;
  /** `Order` of `total`, `/orders` of `get`. */
  readonly owner: string;
  readonly keys: readonly string[];
  /** As the first one stood there. */
  readonly text: string;
}

/** Fields by type that no changed GraphQL schema has any more, and properties by schema that an OpenAPI document lost, where the type stays. */
export function* lostFields(input: RuleInput): Iterable<LostPromise> {
  yield* lostOfSdl(input);
  for (const one of openApiDocuments(input))
    for (const [owner, base, now] of sharedEntries(one, ['components', 'schemas'], ['definitions'])) {
      const [before, after] = [field(base, 'properties'), field(now, 'properties')];
      if (after) yield* lostEntries(one, owner, before, after);
    }
}

/** Methods by path that an OpenAPI document lost, and paths with all their methods. */
export function* lostOperations(input: RuleInput): Iterable<LostPromise> {
  for (const one of openApiDocuments(input)) {
    const [before, after] = [field(one.base[0], 'paths'), field(one.now[0], 'paths')];
    for (const { key, value } of after ? entriesOf(before) : []) {
      const left = field(after, key);
      const methods = lostKeys(value, left).filter((name) => verbs.has(name));
      if (methods.length > 0)
        yield promise(one, key, methods, left ? propertyRange(value, methods[0]!) : propertyRange(before, key));
    }
  }
}

const verbs = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

function openApiDocuments(input: RuleInput): Iterable<ComparedDocuments> {
  const isOne = (text = '') => /^\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\./m.test(text.slice(0, 5000));
  const paths = (input.change?.others ?? []).flatMap(({ path, base, now }) =>
    /\.(?:json|ya?ml)$/.test(path) && isOne(base) && losesLines(base!, now ?? '') ? path : [],
  );
  return paths.length === 0 ? [] : comparedDocuments(input, (path) => paths.includes(path));
}

/** What only grew promises what it did, and need not be parsed: such documents are long. */
function losesLines(base: string, now: string): boolean {
  const left = new Map<string, number>();
  for (const line of now.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return base.split('\n').some((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count === 0;
  });
}

function* sharedEntries(
  { base, now }: ComparedDocuments,
  ...places: readonly (readonly string[])[]
): Iterable<[string, Node, Node]> {
  for (const place of places) {
    const after = at(now[0], ...place);
    for (const { key, value } of entriesOf(at(base[0], ...place))) {
      const other = field(after, key);
      if (other) yield [key, value, other];
    }
  }
}

function* lostEntries(
  one: ComparedDocuments,
  owner: string,
  before: Node | undefined,
  after: Node,
): Iterable<LostPromise> {
  const keys = lostKeys(before, after);
  if (keys.length > 0) yield promise(one, owner, keys, propertyRange(before, keys[0]!));
}

function lostKeys(before: Node | undefined, after: Node | undefined): string[] {
  const left = new Set(entriesOf(after).map(({ key }) => key));
  return entriesOf(before).flatMap(({ key }) => (left.has(key) ? [] : key));
}

function promise(
  { path, baseText, nowText }: ComparedDocuments,
  owner: string,
  keys: readonly string[],
  stood: TextRange = { start: 0, end: 0 },
): LostPromise {
  const text = baseText.slice(stood.start, stood.end).split('\n', 1)[0]!;
  return { path, owner, keys, text, range: anchorInFile(baseText, nowText, stood) };
}

function* lostOfSdl(input: RuleInput): Iterable<LostPromise> {
  const files = (input.change?.others ?? []).filter(
    ({ path }) => /\.(?:graphql|graphqls|gql)$/.test(path) && !isSetApart(path),
  );
  if (files.length === 0) return;
  const after = new Map<string, string[]>();
  for (const { now = '' } of files)
    for (const { type, keys } of keysOfSdl(now)) after.set(type, [...(after.get(type) ?? []), ...keys]);
  for (const { path, base, now } of files) {
    if (base === undefined || now === undefined) continue;
    for (const { type, keys } of keysOfSdl(base)) {
      const left = after.get(type);
      const lost = left ? keys.filter((key) => !left.includes(key)) : [];
      if (lost.length === 0) continue;
      const body = base.search(new RegExp(`\\b(?:type|interface)\\s+${type}\\b`));
      const stood = new RegExp(`\\b${lost[0]}\\b[^\\n]*`).exec(base.slice(body))!;
      const start = body + stood.index;
      const range = anchorInFile(base, now, { start, end: start + stood[0].length });
      yield { path, range, owner: type, keys: lost, text: stood[0].trim() };
    }
  }
}
