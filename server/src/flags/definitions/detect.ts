import type { Node } from 'jsonc-parser';
import picomatch from 'picomatch';
import { basename, extname } from '../../core/paths.ts';
import { isSourcePath } from '../../core/snapshot.ts';
import type { Policy } from '../../policy/schema.ts';
import { azure } from './azure.ts';
import { configcat } from './configcat.ts';
import { isSplitFile } from './data-tree.ts';
import { devcycle } from './devcycle.ts';
import { eslintFeatureFlags } from './eslint-feature-flags.ts';
import { firebase } from './firebase.ts';
import { flagd } from './flagd.ts';
import { flipt } from './flipt.ts';
import type { DefinitionFormat } from './format.ts';
import { gitlab } from './gitlab.ts';
import { growthbook } from './growthbook.ts';
import { launchdarklyDevServer } from './launchdarkly-dev-server.ts';
import { launchdarklyFile } from './launchdarkly-file.ts';
import { launchdarklyRest } from './launchdarkly-rest.ts';
import { openfeatureManifest } from './openfeature-manifest.ts';
import { split } from './split.ts';
import { unleashExport } from './unleash-export.ts';
import { unleashFeatures } from './unleash-features.ts';
import { vercel } from './vercel.ts';

/** All formats that are read from data files, in the order in which they are tried. */
export const formats: readonly DefinitionFormat[] = [
  openfeatureManifest,
  flagd,
  unleashExport,
  unleashFeatures,
  launchdarklyDevServer,
  launchdarklyFile,
  launchdarklyRest,
  growthbook,
  configcat,
  flipt,
  devcycle,
  azure,
  firebase,
  split,
  gitlab,
  vercel,
  eslintFeatureFlags,
];

/** Formats that list keys without saying what people get. */
export const declaringFormats: ReadonlySet<string> = new Set(
  formats.filter((one) => one.declares).map((one) => one.id),
);

export type PolicyEntry = Policy['flags']['definitions'][number];

/**
 * True for data files that may define flags, told by the name alone: cheap, for the listing of files. What the policy
 * names counts whatever it is called, source files apart.
 */
export function isDefinitionCandidate(path: string, policy?: Policy): boolean {
  if (isSplitFile(path)) return true;
  const ending = extname(path).toLowerCase();
  if (extensions.has(ending) && !otherFiles.test(basename(path)) && !otherFolders.test(path)) return true;
  return policy !== undefined && isNamed(path, policy);
}

/** True for files that are worth handing to `collectDefinitions`: named by the policy, or with the words of a format. */
export function isDefinitionFile(path: string, text: string, policy: Policy): boolean {
  return (isDefinitionCandidate(path) && likelyFormats(text, path).length > 0) || isNamed(path, policy);
}

function isNamed(path: string, policy: Policy): boolean {
  if (isSourcePath(path)) return false;
  return policy.flags.definitions.some((entry) => entry.format !== 'typescript' && entryMatcher(entry)(path));
}

/** The formats whose words stand in the text: most data files answer none, and are not parsed. */
export function likelyFormats(text: string, path: string): DefinitionFormat[] {
  // A file of Split's own has its meaning in its name.
  if (isSplitFile(path)) return [split];
  const present = new Map<string, boolean>();
  return formats.filter((format) => {
    if (!present.has(format.word)) present.set(format.word, text.includes(format.word));
    return present.get(format.word) && format.mentions(text);
  });
}

/** The format of a parsed document. */
export function formatOf(
  path: string,
  root: Node,
  likely: readonly DefinitionFormat[] = formats,
): DefinitionFormat | undefined {
  return likely.find((format) => format.recognises(root, path));
}

/** Tells whether a path is named by an entry of `flags.definitions`, which is a path or a glob. */
export function entryMatcher(entry: PolicyEntry): (path: string) => boolean {
  const known = matchers.get(entry);
  if (known) return known;
  const pattern = entry.file.replace(/^\.\//, '');
  const glob = picomatch(pattern, { dot: true });
  const matches = (path: string) => path === pattern || glob(path);
  matchers.set(entry, matches);
  return matches;
}

const matchers = new WeakMap<PolicyEntry, (path: string) => boolean>();

const extensions = new Set(['.json', '.jsonc', '.json5', '.flagd', '.yaml', '.yml']);

/** Data files of tools that hold no flags. */
const otherFiles = new RegExp(
  [
    'package(-lock)?\\.json',
    'npm-shrinkwrap\\.json',
    '([jt]sconfig|jsconfig|tsconfig)([.-].*)?\\.json',
    'switchyard\\.jsonc?',
    '(biome|turbo|nx|lerna|angular|vercel|renovate|deno|rush|components|devcontainer)\\.jsonc?',
    '\\.(prettierrc|babelrc|swcrc|stylelintrc|mocharc|nycrc|c8rc)(\\.json|\\.ya?ml)?',
    '.*\\.(schema|tsbuildinfo|map)\\.json',
    '(pnpm-lock|pnpm-workspace|codecov|mkdocs|lefthook|dependabot|renovate|cloudbuild|buildspec|serverless)\\.ya?ml',
    '(docker-)?compose([.-].*)?\\.ya?ml',
    '(openapi|swagger|asyncapi)([.-].*)?\\.(ya?ml|json)',
    '(action|appveyor|azure-pipelines|bitbucket-pipelines|netlify|render|fly|app|pubspec|conda|environment)\\.ya?ml',
    '\\.(gitlab-ci|travis|pre-commit-config|pre-commit-hooks|yarnrc|codecov|rubocop|markdownlint)([.-].*)?\\.ya?ml',
  ]
    .map((name) => `^${name}$`)
    .join('|'),
);

/** Folders of continuous integration, whose YAML holds jobs. */
const otherFolders = /(^|\/)\.(github|circleci|gitlab|buildkite|azuredevops|husky|changeset)\//;
