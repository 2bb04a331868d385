import type { FixRef } from '../../core/finding.ts';
import { takesDefinitions } from '../../flags/definitions/definition-template.ts';
import type { FlagDefinition, FlagRead, FlagValue, Inventory } from '../../flags/flag.ts';
import type { Evidence } from '../rule.ts';

/** A read whose key no definition knows. */
export interface OrphanData {
  readonly key: string;
  /** The key that was probably meant. */
  readonly near: string | undefined;
  readonly path: string;
  readonly at: number;
  readonly target: FlagDefinition | undefined;
  readonly value: FlagValue;
}

/** Reads of unknown keys: those that are nearly a known one, or the others. One rule speaks of each. */
export function* orphanEvidence({ orphans }: Inventory, mistyped: boolean): Iterable<Evidence<OrphanData>> {
  for (const [read, { near, target }] of orphans) {
    if ((near !== undefined) !== mistyped) continue;
    const { key, path, keyRange } = read;
    yield {
      path,
      range: keyRange,
      subject: key,
      data: { key, near: near?.key, path, at: keyRange.start, target, value: fallbackOf(read) },
      ...(near && { related: [{ path: near.path, range: near.keyRange, message: `'${near.key}' is defined here` }] }),
    };
  }
}

/** Defines the key where its siblings are defined. */
export function defineFixes({ key, target, value }: OrphanData): FixRef[] {
  if (!target || !takesDefinitions(target.source)) return [];
  const data = { key, value, path: target.path, source: target.source, registry: target.registry?.name };
  return [{ id: 'define-flag', title: `Define '${key}' in ${target.path}`, safe: false, data }];
}

/** What the read yields today; a flag without a default is off. */
function fallbackOf(read: FlagRead): FlagValue {
  const value = read.default?.value;
  return value?.kind === 'string' || value?.kind === 'number' || value?.kind === 'boolean' ? value.value : false;
}
