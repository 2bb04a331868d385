import { basename, dirname } from '../../core/paths.ts';
import { isSourcePath } from '../../core/snapshot.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import { type Gained, gainedFeatures } from '../comparing/features.ts';
import { isTooling } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly names: readonly string[];
  readonly example: string;
}

export default defineRule({
  id: 'risk/env-var-undeclared',
  title: 'New environment variable that is declared nowhere',
  why: 'Code that reads a variable nobody sets works on the machine of its author, and fails, or quietly does something else, where it is deployed.',
  severity: 'warning',
  scope: 'change',
  group: 'pipeline',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<string>();
    const byDeclaration = new Map<Declaration, [Gained, ...Gained[]]>();
    for (const one of gainedFeatures(input, 'env-var')) {
      const { path, now, gained } = one;
      if (told.has(gained.key) || gained.value !== 'needed' || isGiven(gained.key) || isTooling(path)) continue;
      told.add(gained.key);
      if (exampleFor(path, input) === undefined || isDeclared(gained.key, input)) continue;
      const list = byDeclaration.get(now);
      if (list) list.push(one);
      else byDeclaration.set(now, [one]);
    }
    for (const [{ path, now, compared, gained }, ...more] of byDeclaration.values()) {
      const names = [gained, ...more.map((one) => one.gained)].map(({ key }) => key);
      yield {
        path,
        range: gained.range,
        subject: names.join(' '),
        declaration: now,
        compared,
        related: more.map((one) => ({ path, range: one.gained.range, message: 'This one, too' })),
        data: { names, example: exampleFor(path, input)! },
      };
    }
  },
  message: ({ data: { names, example } }) => {
    const shown = names.map((one) => `'${one}'`);
    if (shown.length === 1)
      return `${shown[0]} is new, has no fallback, and stands in no example, schema or manifest: add it to ${example}, and where this is deployed.`;
    const last = shown.length > 3 ? `${shown.length - 2} more` : shown.at(-1);
    const list = `${shown.slice(0, shown.length > 3 ? 2 : -1).join(', ')} and ${last}`;
    return `${list} are new, have no fallback, and stand in no example, schema or manifest: add them to ${example}, and where this is deployed.`;
  },
});

/** Set by the runtime, the platform or the pipeline itself. */
function isGiven(name: string): boolean {
  return /^(?:NODE_|npm_|CI$|CI_|PORT$|HOME$|PATH$|PWD$|USER$|TZ$|LANG$|SHELL$|TMPDIR$|TEMP$|DEBUG$|HOSTNAME$|TEST$|VITEST|JEST_|VERCEL|NEXT_RUNTIME|NEXT_PHASE|NETLIFY|GITHUB_|GITLAB_|RUNNER_|CIRCLE|RAILWAY_|RENDER|FLY_|HEROKU_|DYNO$|AWS_|LAMBDA_|K_SERVICE|GAE_|GOOGLE_CLOUD_PROJECT|KUBERNETES_|WEBSITE_|CF_PAGES|COREPACK_|TURBO_|NX_|PLAYWRIGHT_|CYPRESS_|STORYBOOK_|MODE$|DEV$|PROD$|SSR$|BASE_URL$|APPDATA$|LOCALAPPDATA$|USERPROFILE$|PROGRAMFILES|SYSTEMROOT$|ComSpec$|XDG_|DISPLAY$|TERM$|COLORTERM$|FORCE_COLOR$|NO_COLOR$|EDITOR$)/.test(
    name,
  );
}

/** The example that a file's package, or the folder around it, keeps its variables in: who has none does not declare them in files. */
function exampleFor(path: string, { files }: RuleInput): string | undefined {
  const examples = [...files.paths()].filter(isExample);
  const above = examples.filter((one) => dirname(one) === '' || path.startsWith(`${dirname(one)}/`));
  return above.sort((a, b) => b.length - a.length)[0];
}

function isExample(path: string): boolean {
  return /^(?:\.env[\w.-]*\.?(?:example|sample|template|dist|defaults?|schema)|(?:example|sample|template)\.env|env\.(?:example|sample|template))$/.test(
    basename(path),
  );
}

/** It stands in a file that is no code, in code that did not change (so it is not new), or as a key of a schema. */
function isDeclared(name: string, { change, files }: RuleInput): boolean {
  const changed = new Map((change?.files ?? []).map((one) => [one.path, one]));
  const word = new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`);
  const before = [...changed.values()].some(({ base }) => base !== undefined && word.test(base));
  if (before) return true;
  const schema = new RegExp(`(?:(?<![\\w$.])${name}\\??\\s*:)|(?<!env(?:\\?\\.)?\\[)['"\`]${name}['"\`]\\s*[,:\\]]`);
  return files.naming(name).some((path) => {
    const file = changed.get(path);
    return !isSourcePath(path) || file === undefined || schema.test(file.now ?? '');
  });
}
