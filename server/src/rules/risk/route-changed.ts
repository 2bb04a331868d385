import type { ChangedFile } from '../../change/change.ts';
import type { Severity } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { ChangeFacts, Declaration, Feature } from '../../facts/change-facts.ts';
import { mayHold } from '../../facts/same.ts';
import { anchorInChanged, anchorOf } from '../comparing/anchor.ts';
import { type Compared, comparedDeclarations } from '../comparing/compared.ts';
import { changedValues } from '../comparing/features.ts';
import { lostOperations } from '../comparing/interface-documents.ts';
import { lostFileRoutes } from '../comparing/lost-file-routes.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  /** `get /orders`, `/orders/[]`, `201`. */
  readonly from: string;
  /** What stands in its place now. */
  readonly to: string | undefined;
  readonly kind: 'route' | 'page' | 'procedure' | 'prefix' | 'status';
  /** Further ones of the same document, or pages, that are gone. */
  readonly more?: number;
  /** Further ones of this kind that the change moves or removes, told as hints. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/route-changed',
  title: 'Route removed or changed',
  why: 'Clients, links and other services that know the old path or method get an error from the moment of the deployment on, and they are not deployed with it.',
  severity: 'warning',
  scope: 'change',
  group: 'contract',
  *check(input): Iterable<Evidence<Data>> {
    yield* toldOnce(lostInCode(input), once(input));
    yield* toldOnce(lostInFiles(input), once(input));
    yield* lostInDocuments(input);
    for (const { compared, from, to } of changedValues(input, 'status')) {
      const { path, now } = compared;
      const isOtherKind = from.value![0] !== to.value![0];
      yield {
        path,
        range: to.range,
        subject: `${now.id} status`,
        severity: isOtherKind ? undefined : 'info',
        compared,
        related: [{ path, range: to.range, message: 'It was', text: from.text }],
        data: { from: from.value!, to: to.value, kind: 'status' },
      };
    }
  },
  message: ({ data }) => {
    const { beside = 0, kind } = data;
    const others = kind === 'procedure' ? 'procedures' : kind === 'page' ? 'pages' : 'routes';
    return beside === 0
      ? messageOf(data)
      : `${messageOf(data)} So it is with ${beside} other ${beside === 1 ? others.slice(0, -1) : others} of this change.`;
  },
});

function messageOf({ from, to, kind, more = 0 }: Data): string {
  const others = more > 0 ? ` (and ${more} more)` : '';
  const gone = to ? `is now '${to}'` : `${others === '' ? '' : `${others.trim()} `}is gone`;
  if (kind === 'status')
    return `The status of the answer went from ${from} to ${to}: clients that look at it do something else now.`;
  if (kind === 'page' && /^\/api\//.test(from))
    return `The route '${from}' ${gone}: whoever calls it finds nothing there.`;
  if (kind === 'page' && more > 0)
    return `The page '${from}' and ${more} others are gone: links and bookmarks to them lead nowhere.`;
  if (kind === 'page') return `The page '${from}' ${gone}: links and bookmarks to it lead nowhere.`;
  if (kind === 'procedure') return `The procedure '${from}' ${gone}: clients that were loaded before go on calling it.`;
  if (kind === 'prefix')
    return `What was served below '${from}' ${to ? `is below '${to}' now` : 'is not served there any more'}: whoever calls the old paths gets an error.`;
  return `The route '${from}' ${gone}: whoever calls the old one gets an error.`;
}

function once(input: RuleInput) {
  const causeOf = ({ data }: Evidence<Data>) => data.kind;
  return { input, id: 'risk/route-changed', group: 'contract', most: 1, causeOf } as const;
}

/** More pages than these are an application that went or moved: told once. */
const mostPages = 5;

function* lostInFiles(input: RuleInput): Iterable<Evidence<Data>> {
  const lost = [...lostFileRoutes(input)];
  const pages = lost.filter(({ kind, to, text }) => kind === 'page' && to === undefined && text === undefined);
  const more = pages.length > mostPages ? pages.slice(1) : [];
  for (const one of lost) {
    if (more.includes(one)) continue;
    const { path, range, from, to, kind, text } = one;
    const others = one === pages[0] ? more.length : 0;
    const beside = others === 0 ? [] : more.slice(0, 10);
    yield {
      path,
      range,
      subject: from,
      severity: kind === 'page' ? 'info' : undefined,
      declaration: input.changeFacts(path)?.declarations.find((at) => at.exported),
      related: [
        ...(text === undefined ? [] : [{ path, range, message: 'The handler that stood here', text }]),
        ...beside.map((page) => ({ path: page.path, range: page.range, message: `'${page.from}' is gone, too` })),
      ],
      data: { from, to, kind: kind === 'page' ? 'page' : 'route', ...(others > 0 && { more: others }) },
    };
  }
}

/** What an OpenAPI document lost and the code of this change did not: one finding a document, whose operations often go together. */
function* lostInDocuments(input: RuleInput): Iterable<Evidence<Data>> {
  const inCode = new Set(routesOf(input, 'base').map(({ feature }) => feature.key));
  const byDocument = new Map<string, Evidence<Data>>();
  for (const { path, range, owner, keys, text } of lostOperations(input)) {
    const plain = owner.replace(/\{\w+\}/g, ':');
    if (keys.some((verb) => inCode.has(`${verb} ${plain}`))) continue;
    const from = `${keys.join(', ')} ${owner}`;
    const gone = { path, range, message: 'The route that was described here', text };
    const known = byDocument.get(path);
    const related = [...(known?.related ?? []), gone].slice(0, 5);
    const data = known
      ? { ...known.data, more: known.data.more! + 1 }
      : { from, to: undefined, kind: 'route' as const, more: 0 };
    byDocument.set(path, { path, range: known?.range ?? range, subject: known?.subject ?? from, related, data });
  }
  yield* byDocument.values();
}

interface Placed {
  readonly file: ChangedFile;
  readonly declaration: Declaration;
  readonly feature: Feature;
}

/** Routes of the base that no changed file registers any more, one for each declaration that stands. */
function* lostInCode(input: RuleInput): Iterable<Evidence<Data>> {
  const before = routesOf(input, 'base');
  if (before.length === 0) return;
  const after = routesOf(input, 'now');
  const stands = new Set(after.map(({ feature }) => feature.key));
  const stood = new Set(before.map(({ feature }) => feature.key));
  const prefixes = after
    .filter(({ feature }) => feature.key.startsWith('use '))
    .map(({ feature }) => feature.key.slice(4));
  const gained = after.filter(({ feature }) => !stood.has(feature.key));
  const compared = new Map([...comparedDeclarations(input)].map((one) => [one.base, one]));
  const told = new Set<unknown>();
  for (const lost of before) {
    const { feature, file } = lost;
    if (stands.has(feature.key) || isRoot(feature) || isRedirected(feature, input) || isNamedNow(feature, input))
      continue;
    if (isProcedureStill(lost, file)) continue;
    if (isServedElsewhere(feature, prefixes, stands) || isMountedInFull(lost, gained, input)) continue;
    const pair = compared.get(lost.declaration);
    const subject = pair?.now ?? `${file.path} ${feature.key}`;
    if (told.has(subject) || file.now === undefined) continue;
    told.add(subject);
    const other =
      pair &&
      replacement(
        feature,
        gained.filter((one) => one.declaration === pair.now),
      );
    const range = other?.range ?? placeOf(lost, pair, file);
    yield {
      path: file.path,
      range,
      subject: `${lost.declaration.id} ${feature.key}`,
      severity: severityOf(feature),
      ...(pair ? { compared: pair } : {}),
      related: [{ path: file.path, range, message: 'The route that stood here', text: feature.text }],
      data: { from: shown(feature), to: other && shown(other), kind: kindOf(feature) },
    };
  }
}

function routesOf({ change, ...input }: RuleInput, side: 'base' | 'now'): Placed[] {
  return (change?.files ?? []).flatMap((file) => {
    const facts = side === 'base' ? input.baseFacts(file.basePath) : input.changeFacts(file.path);
    if (!facts || file.test || isSetApart(file.path)) return [];
    return routesIn(facts).map((one) => ({ file, ...one }));
  });
}

const known = new WeakMap<ChangeFacts, readonly Omit<Placed, 'file'>[]>();

function routesIn(facts: ChangeFacts): readonly Omit<Placed, 'file'>[] {
  const before = known.get(facts);
  if (before) return before;
  const routes = mayHold(facts, 'route').flatMap((declaration) =>
    ofKind(declaration.features, 'route').map((feature) => ({ declaration, feature })),
  );
  known.set(facts, routes);
  return routes;
}

/** A router that was split off: `get /orders/:id` is `get /:id` below `/orders` now, or the other way round. */
function isServedElsewhere({ key }: Feature, prefixes: readonly string[], stands: ReadonlySet<string>): boolean {
  const [verb, path] = partsOf(key);
  if (verb === 'use') return [...stands].some((one) => partsOf(one)[1].startsWith(`${path}/`));
  return (
    stands.has(`all ${path}`) ||
    prefixes.some((prefix) => path.startsWith(prefix) && stands.has(`${verb} ${path.slice(prefix.length) || '/'}`)) ||
    prefixes.some((prefix) => stands.has(`${verb} ${prefix}${path}`))
  );
}

/**
 * `get /:id` below `/orders` is `get /orders/:id` now, in another file or in place of the prefix. `/orders` that became `/v2/orders` where it
 * stands is another route.
 */
function isMountedInFull({ feature, file }: Placed, gained: readonly Placed[], { change }: RuleInput): boolean {
  const [verb, path] = partsOf(feature.key);
  if (path.length < 2) return false;
  return gained.some((one) => {
    const [other, full] = partsOf(one.feature.key);
    if (other !== verb || !full.startsWith('/') || !full.endsWith(path)) return false;
    const prefix = full.slice(0, -path.length).replace(/^\/|\/$/g, '');
    const isWord = new RegExp(`['"\`]/?${prefix.replace(/[^\w/:-]/g, '\\$&')}/?['"\`]`);
    return one.file !== file || (change?.files ?? []).some(({ base = '' }) => isWord.test(base));
  });
}

/** It is built on something else now, that does not call itself a procedure: `status: withPermission('read').query(...)`. */
function isProcedureStill({ feature: { key, value = '' } }: Placed, { now = '' }: ChangedFile): boolean {
  if (!key.startsWith('procedure ') || !/^[\w$]+$/.test(value)) return false;
  return new RegExp(
    `^\\s*${value.replace(/\$/g, '\\$')}\\s*:\\s*[\\w$.]+\\((?:[^()]|\\([^()]*\\))*\\)\\s*\\.\\w+\\(`,
    'm',
  ).test(now);
}

/** A root of pages is written in many ways, as '' or an index, and something stands there always. */
function isRoot({ key }: Feature): boolean {
  return /^page \/?\*?$/.test(key);
}

/** The path is a constant now, that another file of the code writes and did not; or one of a list of paths, of which routes are made. */
function isNamedNow({ value = '' }: Feature, { change }: RuleInput): boolean {
  if (value.length < 3) return false;
  const quoted = ["'", '"', '`'].map((quote) => `${quote}${value}${quote}`);
  const writes = (text = '') => quoted.some((one) => text.includes(one));
  const lists = (text = '') => quoted.some((one) => text.includes(`[${one}, `) || text.includes(`[${one}].`));
  return (change?.files ?? []).some(
    ({ base, now, test }) => !test && ((writes(now) && !writes(base)) || (lists(now) && !lists(base))),
  );
}

/** Some line of the change that names the old path speaks of a redirect. */
function isRedirected({ value = '' }: Feature, { change }: RuleInput): boolean {
  if (value.length < 3) return false;
  return [...(change?.files ?? []), ...(change?.others ?? [])].some((file) => redirectsIn(file).includes(value));
}

const redirects = new WeakMap<ChangedFile, string>();

/** The lines of a file that speak of redirects. */
function redirectsIn(file: ChangedFile): string {
  const known = redirects.get(file);
  if (known !== undefined) return known;
  const lines = (file.now ?? '').split('\n').filter((line) => /redirect|rewrite|source:/i.test(line));
  redirects.set(file, lines.join('\n'));
  return lines.join('\n');
}

/** Of the routes that are new in the same declaration, the one with the same method, or the same path. */
function replacement(lost: Feature, gained: readonly Placed[]): Feature | undefined {
  const [verb, path] = partsOf(lost.key);
  const features = gained.map(({ feature }) => feature);
  return features.find(({ key }) => partsOf(key)[1] === path) ?? features.find(({ key }) => partsOf(key)[0] === verb);
}

function partsOf(key: string): [string, string] {
  const space = key.indexOf(' ');
  return [key.slice(0, space), key.slice(space + 1)];
}

function placeOf({ feature }: Placed, pair: Compared | undefined, file: ChangedFile): TextRange {
  return pair ? anchorOf(pair, feature.range) : anchorInChanged(file, feature.range);
}

function severityOf({ key }: Feature): Severity | undefined {
  return key.startsWith('page ') ? 'info' : undefined;
}

function kindOf({ key }: Feature): Data['kind'] {
  const [verb] = partsOf(key);
  if (verb === 'page' || verb === 'procedure') return verb;
  return verb === 'use' ? 'prefix' : 'route';
}

function shown({ key, value = '' }: Feature): string {
  const [verb] = partsOf(key);
  return /^(?:page|procedure|use)$/.test(verb) ? value : `${verb} ${value}`;
}
