import type { FixRef } from '../../core/finding.ts';
import type { FlagDefinition, FlagRead, FlagValue } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly near: string | undefined;
  readonly path: string;
  readonly at: number;
  readonly target: FlagDefinition | undefined;
  readonly value: FlagValue;
}

export default defineRule({
  id: 'flags/undefined-read',
  title: 'Orphaned reference: a read of a flag that no definition knows',
  why: 'A read of an unknown key silently yields its default. The feature behind it can never be switched on, and nobody notices.',
  severity: 'warning',
  scope: 'broken',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const [read, { near, target }] of inventory.orphans) {
      const { key, path, keyRange } = read;
      yield {
        path,
        range: keyRange,
        subject: key,
        data: { key, near: near?.key, path, at: keyRange.start, target, value: fallbackOf(read) },
        related: near
          ? [{ path: near.path, range: near.keyRange, message: `'${near.key}' is defined here` }]
          : undefined,
      };
    }
  },
  message: ({ data: { key, near } }) =>
    `No definition knows the flag '${key}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
  fixes({ data: { key, near, path, at, target, value } }) {
    const fixes: FixRef[] = [];
    if (near !== undefined)
      fixes.push({ id: 'change-key', title: `Change to '${near}'`, safe: false, data: { path, at, key, to: near } });
    if (target) {
      fixes.push({
        id: 'define-flag',
        title: `Define '${key}' in ${target.path}`,
        safe: false,
        data: { key, value, path: target.path, source: target.source, registry: target.registry?.name },
      });
    }
    return fixes;
  },
});

/** What the read yields today; a flag without a default is off. */
function fallbackOf(read: FlagRead): FlagValue {
  const value = read.default?.value;
  return value?.kind === 'string' || value?.kind === 'number' || value?.kind === 'boolean' ? value.value : false;
}
