import { count } from '../core/count.ts';
import { LineMap, type TextRange } from '../core/text.ts';
import type { ReadSite } from '../facts/file-facts.ts';
import type { World } from '../fixes/fix.ts';
import type { DynamicRead, Flag, InferredReader, Inventory } from '../flags/flag.ts';

export interface Spot {
  readonly path: string;
  readonly range: TextRange;
}

/** Why a key cannot be renamed at all, as one sentence, whatever the new key; undefined where it can. */
export function obstacleOf(key: string, world: World): string | undefined {
  const { inventory } = world;
  const flag = inventory.flags.get(key);
  if (!flag) return undefined;
  const defined = new Set(flag.definitions.map((one) => one.path));
  const problem = inventory.problems.find((one) => defined.has(one.path) || one.mayDefine?.includes(key));
  if (problem) return `'${key}' is not renamed, because its definitions are not known in full. ${problem.message}`;
  const dynamic: readonly Spot[] = [
    ...inventory.dynamicReads.filter((one) => mayHold(one, flag, world)),
    ...inventory.readers.filter((one) => isUncalled(one, flag, inventory)).map(spotOf),
  ];
  if (dynamic.length === 0) return undefined;
  const what =
    dynamic.length === 1
      ? 'a read whose key cannot be known from the source'
      : `${count(dynamic.length, 'read')} whose keys cannot be known from the source`;
  return `'${key}' is not renamed, because ${what} may be of this flag: ${spots(dynamic, world)}. Name the key there, or change it by hand.`;
}

/** `src/a.ts:12, src/b.ts:3 and 4 more` */
export function spots(all: readonly Spot[], world: Pick<World, 'text'>): string {
  const shown = all.slice(0, 5).map(({ path, range }) => {
    const { line } = new LineMap(world.text(path) ?? '').position(range.start);
    return `${path}:${line + 1}`;
  });
  return `${shown.join(', ')}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ''}`;
}

/** A read by another vendor's client cannot be of a flag that is read elsewhere; nor one whose key has another beginning. */
function mayHold(dynamic: DynamicRead, flag: Flag, world: World): boolean {
  const { key } = flag;
  if (isOtherVendor(dynamic.reader, flag)) return false;
  const site = world
    .facts(dynamic.path)
    ?.reads.find(({ range }) => range.start === dynamic.range.start && range.end === dynamic.range.end);
  if (site === undefined) return true;
  return !isInsideReader(site, dynamic.path, world) && !excludedByPattern(site, dynamic.path, key, world);
}

function isOtherVendor(reader: string, { reads }: Flag): boolean {
  return reads.length > 0 && !reads.some((one) => vendorOf(one.reader) === vendorOf(reader));
}

/** `LaunchDarkly` for `LaunchDarkly variation through isOn`; all shapes of the policy may share their flags. */
function vendorOf(reader: string): string {
  if (reader.startsWith('policy:')) return 'policy';
  const [direct = ''] = reader.split(' through ');
  return direct.slice(0, Math.max(0, direct.lastIndexOf(' ')));
}

/** A function that takes the key from its callers, none of which was found: a handler of requests, an export for others. */
function isUncalled(reader: InferredReader, flag: Flag, { flags, readers, dynamicReads }: Inventory): boolean {
  if (reader.key < 0 || isOtherVendor(reader.reads, flag)) return false;
  const last = reader.name.slice(reader.name.lastIndexOf('.') + 1);
  for (const { reads } of flags.values())
    if (reads.some(({ through }) => through?.path === reader.path && through.name === reader.name)) return false;
  return (
    !dynamicReads.some((one) => one.reader.endsWith(` through ${reader.name}`)) &&
    !readers.some((one) => one !== reader && one.reason.includes(` ${last}(...), which reads `))
  );
}

function spotOf({ path, nameRange }: InferredReader): Spot {
  return { path, range: nameRange };
}

/** The read of a function that was found to be a reader itself: the keys come from its callers, which are known. */
function isInsideReader({ wrapper }: ReadSite, path: string, { inventory }: World): boolean {
  return wrapper !== undefined && inventory.readers.some((one) => one.path === path && one.name === wrapper.name);
}

/** The only argument that is not known is a template whose fixed beginning and end the key does not have. */
function excludedByPattern(site: ReadSite, path: string, key: string, world: World): boolean {
  const open = site.args.filter(({ value }) => value.kind === 'dynamic');
  const text = world.text(path);
  if (text === undefined) return false;
  const templates = open.map(({ range }) => text.slice(range.start, range.end)).filter((one) => one.startsWith('`'));
  return templates.length === 1 && !matchesTemplate(key, templates[0]!);
}

function matchesTemplate(key: string, template: string): boolean {
  const head = /^`([^`$\\]*)\$\{/.exec(template)?.[1] ?? '';
  const tail = /\}([^`${}\\]*)`$/.exec(template)?.[1] ?? '';
  return key.startsWith(head) && key.endsWith(tail) && key.length >= head.length + tail.length;
}
