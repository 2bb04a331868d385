import type { FileFacts } from '../../facts/file-facts.ts';
import { constantValue } from '../../flags/definitions/constant-value.ts';
import { definesFor } from '../../flags/definitions/definition-scope.ts';
import type { FlagRead, FlagValue } from '../../flags/flag.ts';
import { isPermanent } from '../../flags/lifecycle.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly value: FlagValue;
  readonly why: string;
}

export default defineRule({
  id: 'flags/constant',
  title: 'Dead toggle: a flag with one value for everybody',
  why: 'The definition yields one value for everybody, so one side of each branch on the flag never runs. It still has to be read, tested and kept working.',
  severity: 'info',
  scope: 'garden',
  *check({ inventory, facts }): Iterable<Evidence<Data>> {
    for (const { key, definitions, reads, lifecycle } of inventory.flags.values()) {
      // A kill switch that nobody threw, and a permission that everybody has, do their work.
      if (isPermanent(lifecycle.kind)) continue;
      for (const read of reads) {
        // An accessor in generated code goes when its definition does.
        if (read.inTest || readsVariant(read) || isGenerated(read.path, facts(read.path))) continue;
        const constant = constantValue(definitions.filter((one) => definesFor(one, read.path)));
        if (!constant) continue;
        const { value, why, definition } = constant;
        yield {
          path: read.path,
          range: read.range,
          subject: key,
          data: { key, value, why },
          related: [{ path: definition.path, range: definition.keyRange, message: `'${key}' is defined here` }],
        };
      }
    }
  },
  message: ({ data: { key, value, why } }) =>
    `'${key}' is ${shown(value)} for everybody (${why}). Its other side is dead.`,
  fixes: ({ data: { key, value } }) => [
    {
      id: 'remove-toggle',
      title: `Remove dead toggle '${key}', keep ${side(value)}`,
      // Removal keeps behaviour (law 1): what is not certain is refused and stays.
      safe: true,
      data: { key, keep: value },
    },
  ],
});

/** An Unleash variant's name is a second value of the flag, beside on and off: the definition's value is not its value. */
function readsVariant(read: FlagRead): boolean {
  return read.result.kind === 'details' && read.result.field === 'name';
}

/** By its mark, or by its name where the generator leaves none. */
function isGenerated(path: string, facts: FileFacts | undefined): boolean {
  return facts?.generated === true || /(^|\/)(__)?generated(__)?\/|\.(generated|gen)\.[cm]?[jt]sx?$/.test(path);
}

function side(value: FlagValue): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : shown(value);
}

function shown(value: FlagValue): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
