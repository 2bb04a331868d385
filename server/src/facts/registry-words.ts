import type { Recipe } from './file-facts.ts';

const any = (word: string) => `[${word[0]!.toUpperCase()}${word[0]}]${word.slice(1)}|${word.toUpperCase()}`;
const words = [
  ...['flag', 'feature', 'toggle', 'experiment', 'unleash', 'rollout'].map(any),
  'Gate',
  'GATE',
  'Switch',
].join('|');

/** Names that speak of flags: `FeatureFlags`, `TOGGLES`, `killSwitches`. */
export const flagName = new RegExp(`${words}|\\b(?:gates?|switches|FFs?|ff)(?=\\b|_)`);

const declared = new RegExp(
  [
    String.raw`\b(?:interface|type)\s+\w*(?:${words})\w*\s*(?:<[^>\n]*>\s*)?(?:extends[^{]*)?[={]`,
    String.raw`\b(?:const|let|var)\s+\w*(?:${words})\w*\s*(?::[^=;]{1,160})?=\s*(?:Object\.freeze\(\s*)?(?:<const>\s*)?\(?\s*[[{]`,
    String.raw`\bdefaultConfig\s*[:=]`,
    String.raw`\bsetDefaults\s*\(`,
    String.raw`\bcreateFlagOverridesFromMap\s*\(`,
    String.raw`\bSplitFactory(?:Provider)?\b`,
    String.raw`['"](?:@vercel/)?flags(?:/[\w-]+)?['"]`,
  ].join('|'),
);

/** True for files that may hold a list of flags: told by a search of the text, for it to be parsed. */
export function mayHoldRegistry(path: string, text: string, recipe: Recipe): boolean {
  return declared.test(text) || namesFlags(path) || isNamedFile(path, recipe);
}

/** The file is called after flags, or stands in a folder that is: `src/flags/keys.ts`. */
export function namesFlags(path: string): boolean {
  const [file = '', folder = ''] = path.split('/').reverse();
  return (
    /flag|toggle|experiment|(?:^|[^a-z])features?\.[cm]?[jt]sx?$/i.test(file) ||
    /^(?:feature-?)?(?:flags|toggles)$/i.test(folder)
  );
}

/** The policy names the file: a path, or a glob. */
export function isNamedFile(path: string, { registries }: Recipe): boolean {
  return registries?.some((name) => globOf(name).test(path)) ?? false;
}

const made = new Map<string, RegExp>();

function globOf(name: string): RegExp {
  let pattern = made.get(name);
  if (!pattern) {
    const source = name
      .replace(/^\.\//, '')
      .split(/(\*\*\/?|\*|\?|\{[^}]*\})/)
      .map((part) => {
        if (part.startsWith('**')) return '.*';
        if (part === '*') return '[^/]*';
        if (part === '?') return '[^/]';
        if (part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(escaped).join('|')})`;
        return escaped(part);
      })
      .join('');
    pattern = new RegExp(`^${source}(?:\\.[cm]?[jt]sx?|/index\\.[cm]?[jt]sx?)?$`);
    made.set(name, pattern);
  }
  return pattern;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
