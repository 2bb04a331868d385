import type { Feature } from '../../facts/change-facts.ts';
import type { Compared } from './compared.ts';
import type { Helpers } from './extended.ts';

/**
 * Whether a feature stood in a helper that is gone, and nothing that the helper called is called here in its place: it was replaced, not
 * inlined, and what it held is not for its callers to hold.
 */
export function isOfReplacedHelper(feature: Feature, { base, now }: Compared, { removed }: Helpers): boolean {
  if (base.features.includes(feature)) return false;
  const helper = [...removed.values()].find(({ features }) => features.includes(feature));
  if (!helper) return false;
  const known = new Set(base.calls.map(({ key }) => key));
  const inlined = new Set(now.calls.flatMap(({ key }) => (known.has(key) ? [] : [key])));
  return !helper.calls.some(({ key }) => inlined.has(key));
}
