import type { TextRange } from '../../core/text.ts';
import type { ReadSite } from '../../facts/file-facts.ts';
import type { FlagRead, ReaderRef, ReadResult } from '../flag.ts';
import { addDynamic, addRead, type Matched, type OpenReads } from '../open-reads.ts';
import { covers } from '../policy-reads.ts';
import { useOfRead } from '../read-use.ts';
import type { ResolvedKey } from '../resolve.ts';
import { targetsOf } from './candidates.ts';
import { keyArgument } from './infer.ts';
import type { ReaderShape } from './reader.ts';
import type { ReaderTable } from './table.ts';

/** Adds the read of a call or element that leads to a reader of this workspace. */
export function addThrough(base: Omit<Matched, 'match'>, table: ReaderTable, found: OpenReads): void {
  const { site, path, resolver } = base;
  if (site.form !== 'call' && site.form !== 'jsx') return;
  for (const place of targetsOf(site, path, resolver)) {
    const reader = table.at(place);
    if (reader !== undefined) {
      add(base, reader.shape, reader.ref, found);
      return;
    }
  }
}

/** Leaves out the reads that stand inside of readers: their callers read. */
export function outsideOfReaders(
  { reads, dynamic }: Pick<OpenReads, 'reads' | 'dynamic'>,
  path: string,
  table: ReaderTable,
): Pick<OpenReads, 'reads' | 'dynamic'> {
  const inner = new Set(table.inner(path).map(({ start, end }) => `${start}:${end}`));
  if (inner.size === 0) return { reads, dynamic };
  const isOutside = ({ range }: { readonly range: TextRange }) => !inner.has(`${range.start}:${range.end}`);
  return { reads: reads.filter(isOutside), dynamic: dynamic.filter(isOutside) };
}

function add(base: Omit<Matched, 'match'>, shape: ReaderShape, through: ReaderRef, found: OpenReads): void {
  const { site, path, resolver } = base;
  const argument = keyArgument(site, shape);
  // A caller that names no key reads none: the parameter is left to its default.
  if (argument === undefined) return;
  const reader = `${shape.reads} through ${through.name}`;
  const matched: Matched = { ...base, match: { reader, shape: { form: 'call', names: [], key: 0, type: shape.type } } };
  const named = resolver.key(path, argument.value);
  const key = named && keyBehind(named, shape, through, matched);
  if (key === undefined) {
    addDynamic(matched, found);
    return;
  }
  if (shape.members !== undefined && !covers(shape.members, key.value)) return;
  const open: OpenReads = { reads: [], spelledReads: [], dynamic: [], groups: found.groups };
  const result = resultAt(site, shape, through);
  addRead(
    matched,
    {
      key,
      keyRange: argument.range,
      result,
      default: defaultAt(site, shape),
      inverted: shape.inverted === true,
      use: useOfRead(site, result),
      ...(shape.spelling && { spelling: shape.spelling }),
    },
    open,
  );
  const marked = (read: FlagRead): FlagRead => ({ ...read, through });
  found.reads.push(...open.reads.map(marked));
  found.spelledReads.push(...open.spelledReads.map(({ spelling, read }) => ({ spelling, read: marked(read) })));
}

/** The member of the reader's group that a call names, or what it names itself. */
function keyBehind(
  named: ResolvedKey,
  { key }: ReaderShape,
  through: ReaderRef,
  { resolver }: Matched,
): ResolvedKey | undefined {
  if (key.kind === 'fixed') return key;
  if (key.within === undefined) return named;
  const { path, from } = key.within;
  return resolver.key(through.path, { kind: 'name', path: [...path, named.value], ...(from && { from }) });
}

function resultAt(site: ReadSite, { result, renders }: ReaderShape, through: ReaderRef): ReadResult {
  if (site.form !== 'jsx') return result;
  return renders ? { kind: 'component' } : { kind: 'other', how: `${through.name} decides by the flag what it shows` };
}

function defaultAt(site: ReadSite, shape: ReaderShape) {
  if (site.form === 'jsx') return shape.renders?.off === undefined ? undefined : site.props?.[shape.renders.off];
  return shape.default === undefined ? undefined : site.args[shape.default];
}
