import type { Flag, Inventory } from '../flags/flag.ts';

/** Why a flag cannot be renamed to this key, as one sentence; undefined where it can. */
export function keyProblem(flag: Flag, to: string, inventory: Inventory): string | undefined {
  if (to.trim() === '') return 'A key cannot be empty.';
  if (to !== to.trim()) return 'A key cannot begin or end with a blank.';
  const odd = /[\p{Cc}'"`\\&<>]|\$\{/u.exec(to)?.[0];
  if (odd !== undefined)
    return `A key with ${shown(odd)} cannot be written the same way everywhere: choose another one.`;
  const taken = inventory.flags.get(to);
  if (taken) {
    const where = taken.definitions[0] ?? taken.reads[0];
    const how = taken.definitions.length > 0 ? 'defined' : 'read';
    return `There is a flag '${to}' already${where ? `, ${how} in ${where.path}` : ''}: choose another key.`;
  }
  for (const { source } of flag.definitions) {
    const format = formats.find((one) => source.startsWith(one.source));
    if (format && !format.keys.test(to)) return `'${to}' is no key for ${format.name}: ${format.rule}.`;
  }
  return undefined;
}

/** What the vendors allow in a key, from their documentation of keys. Formats that are not listed allow any text. */
const formats: readonly { source: string; name: string; keys: RegExp; rule: string }[] = [
  {
    source: 'unleash',
    name: 'Unleash',
    keys: /^[\w.~-]{1,100}$/,
    rule: 'it takes letters, digits and . _ ~ - only, 100 at most',
  },
  {
    source: 'launchdarkly',
    name: 'LaunchDarkly',
    keys: /^[A-Za-z0-9][\w.-]*$/,
    rule: 'it takes letters, digits and . _ - only, and begins with a letter or digit',
  },
  {
    source: 'growthbook',
    name: 'GrowthBook',
    keys: /^[\w.:|-]+$/,
    rule: 'it takes letters, digits and . : | _ - only',
  },
  {
    source: 'configcat',
    name: 'ConfigCat',
    keys: /^[A-Za-z][\w-]*$/,
    rule: 'it takes letters, digits, _ and - only, and begins with a letter',
  },
  {
    source: 'flipt',
    name: 'Flipt',
    keys: /^[\w-]+$/,
    rule: 'it takes letters, digits, _ and - only',
  },
  {
    source: 'firebase',
    name: 'Firebase Remote Config',
    keys: /^[A-Za-z_]\w{0,255}$/,
    rule: 'it takes letters, digits and _ only, and begins with a letter or _',
  },
];

function shown(character: string): string {
  return /\p{Cc}/u.test(character) ? 'a control character' : `the character ${character}`;
}
