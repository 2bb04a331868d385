import type { Feature } from '../../facts/change-facts.ts';
import { mayHold } from '../../facts/same.ts';
import { gainedFeatures } from '../comparing/features.ts';
import { isTooling } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly value: string;
}

export default defineRule({
  id: 'risk/raw-sql-introduced',
  title: 'Value written into the text of SQL',
  why: 'A value that is part of the statement can change what the statement does. Passed beside it, as a parameter, it cannot.',
  severity: 'warning',
  scope: 'change',
  group: 'crypto',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<unknown>();
    for (const { path, now, nowText, compared, gained } of gainedFeatures(input, 'sql')) {
      if (told.has(now)) continue;
      told.add(now);
      const { range } = newest(gained, now.features, compared?.base.features ?? []);
      if (isUsual(nowText.slice(range.start, range.end), path, input)) continue;
      yield {
        path,
        range,
        subject: now.id,
        // What migrates a database writes names that it holds itself.
        severity: isTooling(path) ? 'hint' : undefined,
        declaration: now,
        compared,
        data: { value: nowText.slice(range.start, range.end) },
      };
    }
  },
  message: ({ data: { value } }) =>
    `'${value.length <= 40 ? value : `${value.slice(0, 37)}...`}' is written into the text of the statement: pass it as a parameter, so that it cannot change what the statement does.`,
});

/** A function by which this file has written parts of its statements all along, or the very value: `${this.toTimestamp(start)}`, `${row.name}`. */
function isUsual(value: string, path: string, input: RuleInput): boolean {
  const written = /^[\w$.]+\(/.exec(value)?.[0] ?? /^[\w$]+(?:\.[\w$]+)+$/.exec(value)?.[0];
  const file = input.change?.files.find((one) => one.path === path);
  if (written === undefined || file?.base === undefined) return false;
  const { base } = file;
  const before = input.baseFacts(file.basePath);
  return (before ? mayHold(before, 'sql') : []).some(({ features }) =>
    features.some(({ kind, range }) => kind === 'sql' && base.startsWith(written, range.start)),
  );
}

/** Of the values in SQL, one that the base has not: which of equal ones is new does not matter. */
function newest(gained: Feature, now: readonly Feature[], base: readonly Feature[]): Feature {
  const known = new Set(base.filter(({ kind }) => kind === 'sql').map(({ literal }) => literal));
  return now.find((one) => one.kind === 'sql' && !known.has(one.literal)) ?? gained;
}
