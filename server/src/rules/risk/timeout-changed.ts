import type { Feature } from '../../facts/change-facts.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { anchorOf } from './anchor.ts';
import { type Compared, comparedDeclarations, verdictAt } from './compared.ts';
import { type Extended, extend, helpersOf } from './extended.ts';
import { pairValues, type ValuePair } from './paired-values.ts';
import { type Remedy, remedies, remedyOf } from './remedies.ts';

interface Data {
  readonly owner: string;
  readonly from: string;
  /** Undefined: removed. */
  readonly to: string | undefined;
  readonly longer: boolean;
  readonly remedy: Remedy;
}

export default defineRule({
  id: 'risk/timeout-changed',
  title: 'Timeout changed or removed',
  why: 'A limit of time decides how long a slow dependency may hold its callers, and from when on slow calls fail. Changes of constants are among the commonest causes of incidents.',
  severity: 'warning',
  scope: 'change',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of comparedDeclarations(input)) {
      const now = extend(compared.now, helpers.added);
      const pair = changedTimeout(extend(compared.base, helpers.removed), now, compared);
      if (!pair) continue;
      const { path } = compared;
      const own = pair.now && compared.now.features.includes(pair.now);
      const range = own ? pair.now!.range : anchorOf(compared, pair.base.range);
      yield {
        path,
        range,
        subject: compared.now.id,
        verdict: verdictAt(input, path, compared.now, range, ['timeout-changed', 'time']),
        related: [{ path, range, message: 'It was', text: pair.base.text }],
        data: {
          owner: pair.base.owner ?? '',
          from: pair.base.literal ?? '',
          to: pair.now?.literal,
          longer: Number(pair.now?.value) > Number(pair.base.value),
          remedy: remedyOf(compared),
        },
      };
    }
  },
  message: ({ data: { owner, from, to, longer } }) => {
    if (to === undefined)
      return `The timeout of '${owner}' (${from}) is gone: a dependency that hangs now holds its caller without limit.`;
    const why = longer
      ? 'a dependency that hangs now holds its caller longer'
      : 'slow calls that used to succeed now fail';
    return `The timeout of '${owner}' went from ${from} to ${to}: ${why}.`;
  },
  fixes: ({ data }) => remedies(data.remedy, 'time'),
});

function changedTimeout(base: Extended, now: Extended, compared: Compared): ValuePair | undefined {
  const pairs = pairValues(timeoutsOf(base), timeoutsOf(now), (key) => key.replace(/ of .*$/, ''));
  return pairs.find((pair) => (pair.now ? isChanged(pair.base, pair.now) : isRemoved(pair.base, now, compared)));
}

function timeoutsOf({ features }: Extended): Feature[] {
  return features.filter((one) => one.kind === 'timeout');
}

/** A value that now comes from elsewhere is no change that this file could tell; that of a constant is told at the constant. */
function isChanged(base: Feature, now: Feature): boolean {
  if (base.value === undefined || now.value === undefined || base.value === now.value) return false;
  return base.via === undefined || base.via !== now.via;
}

/** The call whose options held it still stands, or the constant or class that it was a property of. */
function isRemoved(base: Feature, now: Extended, compared: Compared): boolean {
  if (base.value === undefined) return false;
  const owner = base.owner?.replace(/^AbortSignal\./, '');
  if (now.calls.some((one) => one.name === owner)) return true;
  return (
    compared.now.kind === 'variable' && owner === compared.now.name && / of /.test(base.key) && !base.text.includes('=')
  );
}
