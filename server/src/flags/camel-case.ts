import lodashCamelCase from 'lodash.camelcase';
import type { Spelling } from './sdks/sdk.ts';

/** A flag's key as a record of flags spells it. Keys are never turned back: different keys may share a spelling. */
export function spelled(key: string, spelling: Spelling): string {
  if (spelling === 'lodash-camelCase') return lodashCamelCase(key);
  return spelling === 'launchdarkly-camelCase' ? launchDarklyCamelCase(key) : key;
}

/**
 * The spelling of `@launchdarkly/react-sdk`: words end at `-`, `.`, `_`, blanks, and where a hump begins; digits, unlike in
 * lodash, end no word (`flag2x` stays as it is).
 */
export function launchDarklyCamelCase(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[-._\s]+/)
    .filter((word) => word !== '');
  return words
    .map((word, index) => {
      const lower = word.toLowerCase();
      return index === 0 ? lower : lower[0]!.toUpperCase() + lower.slice(1);
    })
    .join('');
}
