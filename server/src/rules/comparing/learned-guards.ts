import type { Declaration, Feature } from '../../facts/change-facts.ts';
import { naming } from '../../facts/same.ts';
import type { RuleInput } from '../rule.ts';
import type { Compared } from './compared.ts';
import { ofKind } from './of-kind.ts';

/** Middleware of as many routes as this guards them, whatever its name. */
const oftenEnough = 3;
/** Files that are looked at for further routes. */
const mostFiles = 20;
/** What stands before handlers for other reasons. */
const noGuard =
  /log|cache|upload|multer|pars|body|json|async|handle|compress|cors|static|metric|trac|valid|schema|celebrate|wrap|bind|catch|format|sanitize|limit|slow|delay|helmet|morgan|passport\.initialize/i;

/** Names of middleware that guards routes of this file, before the change or now, and of others that import it from the same module. */
export function learnedGuards(compared: Compared, input: RuleInput): ReadonlySet<string> {
  const names = new Set(ofKind(compared.base.features, 'guardable').flatMap((one) => guardName(one) ?? []));
  const own = [compared.base, ...(input.changeFacts(compared.path)?.declarations ?? [])];
  return new Set([...names].filter((name) => guardsOften(name, own, compared, input)));
}

function guardsOften(name: string, own: readonly Declaration[], compared: Compared, input: RuleInput): boolean {
  const routes = new Set<string>();
  const count = (path: string, declarations: readonly Declaration[]) => {
    for (const { features } of declarations)
      for (const one of ofKind(features, 'guardable'))
        if (guardName(one) === name) routes.add(`${path} ${one.protects![0]}`);
  };
  count(compared.path, own);
  if (routes.size >= oftenEnough) return true;
  for (const path of usersOf(name, compared, input)) {
    const facts = input.closely(path);
    if (facts) count(path, naming(facts, name));
    if (routes.size >= oftenEnough) return true;
  }
  return false;
}

/** Files that import the module which the file imports the name from, and speak of the name. */
function usersOf(name: string, { path, pair, baseText }: Compared, input: RuleInput): readonly string[] {
  const local = name.split('.')[0]!.replace(/\$/g, '\\$');
  const from = new RegExp(`\\bimport\\b[^;'"]*(?<![\\w$])${local}(?![\\w$])[^;'"]*\\bfrom\\s*['"]([^'"]+)['"]`).exec(
    baseText,
  )?.[1];
  const module = from === undefined ? undefined : input.modules.base.resolve(pair.basePath, from);
  if (module === undefined) return [];
  const users = input.importersOf(module).filter((one) => one !== path && input.text(one)?.includes(name));
  return users.slice(0, mostFiles);
}

/** `tenantOnly` for `tenantOnly` and `tenantOnly({ strict: true })` in the place of middleware of a route. */
export function guardName(feature: Feature): string | undefined {
  const known = guardNames.get(feature);
  if (known !== undefined) return known === '' ? undefined : known;
  const name = tellGuardName(feature);
  guardNames.set(feature, name ?? '');
  return name;
}

const guardNames = new WeakMap<Feature, string>();

function tellGuardName({ kind, key, protects, text }: Feature): string | undefined {
  if (kind !== 'guardable' || !key.startsWith('use ') || protects?.[0] === undefined) return undefined;
  const name = /^[\w$.]+(?=\(|$)/.exec(text)?.[0];
  return name === undefined || noGuard.test(name) ? undefined : name;
}
