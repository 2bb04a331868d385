import type { TextRange } from '../core/text.ts';
import type { ArgFact, ReadSite, SiteUse, ValueExpr } from '../facts/file-facts.ts';
import type { ReadMatch } from './catalogue.ts';
import type { DeclaredFlags } from './declared-flags.ts';
import type { DynamicRead, FlagRead, ReadResult } from './flag.ts';
import type { Place, ResolvedKey, Resolver } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';

/** A read of a record that spells keys its own way. */
export interface SpelledRead {
  readonly spelling: Spelling;
  /** Complete but for its key, which is as spelled. */
  readonly read: FlagRead;
}

/** The reads of one file while they are gathered. */
export interface OpenReads {
  readonly reads: FlagRead[];
  readonly spelledReads: SpelledRead[];
  readonly dynamic: DynamicRead[];
  readonly groups: Map<string, Place>;
}

/** A site that reads a flag, and how. */
export interface Matched {
  readonly path: string;
  readonly site: ReadSite;
  readonly match: ReadMatch;
  readonly inTest: boolean;
  readonly resolver: Resolver;
  readonly declared: DeclaredFlags;
}

/** One read at a site. */
export interface Reading {
  readonly key: ResolvedKey;
  readonly keyRange: TextRange;
  /** The site's range when left out. */
  readonly range?: TextRange;
  readonly result: ReadResult;
  readonly default?: ArgFact | undefined;
  readonly use?: SiteUse | undefined;
  readonly inverted?: boolean;
  /** What kind of value it yields, where the shape does not say. */
  readonly type?: FlagRead['type'];
  /** How the record that holds it spells keys. */
  readonly spelling?: Spelling;
}

export function addRead(matched: Matched, reading: Reading, found: OpenReads): void {
  const { path, site, match, inTest } = matched;
  const { key, keyRange, range = site.range, result, use, spelling = 'as-is' } = reading;
  const type = reading.type ?? ('type' in match.shape ? match.shape.type : 'any');
  const read: FlagRead = {
    key: key.value,
    path,
    range,
    keyRange,
    ...(key.written === undefined ? {} : { written: key.written }),
    ...(spelling === 'as-is' ? {} : { spelling }),
    reader: match.reader,
    result,
    ...(reading.default === undefined ? {} : { default: reading.default }),
    ...(type === 'any' ? {} : { type }),
    inTest,
    ...(reading.inverted ? { inverted: true as const } : {}),
    ...(use === undefined ? {} : { use }),
  };
  if (key.group !== undefined) found.groups.set(`${key.group.path}\n${key.group.name}`, key.group);
  if (spelling === 'as-is') found.reads.push(read);
  else found.spelledReads.push({ spelling, read });
}

/** The key that a value names: its text, or a flag that was declared under that name. */
export function keyOf({ path, resolver, declared }: Omit<Matched, 'match'>, value: ValueExpr): ResolvedKey | undefined {
  return resolver.key(path, value) ?? declared.named(value, path, resolver)?.key;
}

/** A read whose key only run time knows. */
export function addDynamic({ path, site, match }: Matched, found: OpenReads, range: TextRange = site.range): void {
  found.dynamic.push({ path, range, reader: match.reader });
}
