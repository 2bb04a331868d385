import type { Node } from 'jsonc-parser';
import { basename } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { entriesOf, field, rangeOf, stringField } from '../../flags/definitions/json-tree.ts';
import { at, byName, type ComparedDocuments, firstLine, keyRange, propertyRange } from './documents.ts';

/** Something that kept a deployment safe and is gone, or weaker. */
export interface Loss {
  readonly what: string;
  readonly range: TextRange;
  /** What stood there. */
  readonly text: string;
  /** Its place at the base. */
  readonly was?: TextRange | undefined;
  /** What came and did not stand there, as the file is now. */
  readonly came?: TextRange | undefined;
}

/** What runs pods all the time. */
export const workloadKinds = /^kind:\s*(Deployment|StatefulSet|DaemonSet|Rollout)\b/m;

/** What a Kubernetes object or a service of Compose lost. */
export interface Losses {
  /** `Deployment shop`, `service db`. */
  readonly name: string;
  readonly losses: readonly Loss[];
}

/** Whether YAML may be a manifest, by its name or its text: much of it is other data, some of it a megabyte, and parsing that takes seconds. */
export function isManifest(path: string, text: string): boolean {
  return isCompose(path) || (/["']?\bapiVersion["']?\s*:/.test(text) && /["']?\bkind["']?\s*:/.test(text));
}

function isCompose(path: string): boolean {
  return /^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(basename(path));
}

/**
 * What the objects of one file lost, by kind and name.
 * @param all all changed manifests: an object that moved to another file is not gone
 */
export function lossesOf(documents: ComparedDocuments, all: readonly ComparedDocuments[]): Losses[] {
  if (isCompose(documents.path)) return composeLosses(documents);
  const now = objectsOf(documents.now);
  const everywhere = new Set(all.flatMap((one) => [...objectsOf(one.now).keys()]));
  const found: Losses[] = [];
  for (const [name, base] of objectsOf(documents.base)) {
    const next = now.get(name);
    const losses = next ? objectLosses(base, next, documents) : goneBudget(name, base, now, everywhere, documents);
    if (losses.length > 0) found.push({ name, losses });
  }
  return found;
}

/** Objects of Kubernetes by `kind namespace/name`; what has no kind is none. */
function objectsOf(roots: readonly Node[]): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const root of roots) {
    const [kind, name] = [stringField(root, 'kind'), stringField(field(root, 'metadata'), 'name')];
    const space = stringField(field(root, 'metadata'), 'namespace');
    if (kind && name && field(root, 'apiVersion')) found.set(`${kind} ${space ? `${space}/` : ''}${name}`, root);
  }
  return found;
}

/** The budget of a workload that stays. */
function goneBudget(
  name: string,
  base: Node,
  now: ReadonlyMap<string, Node>,
  everywhere: ReadonlySet<string>,
  { baseText, nowText }: ComparedDocuments,
): Loss[] {
  const workload = [...now].find(([one]) => /^(?:Deployment|StatefulSet|Rollout) /.test(one));
  if (!name.startsWith('PodDisruptionBudget ') || everywhere.has(name) || !workload) return [];
  const range = firstLine(nowText, rangeOf(workload[1]));
  return [{ what: 'its disruption budget is gone', range, text: textOf(base, baseText) }];
}

function objectLosses(base: Node, now: Node, documents: ComparedDocuments): Loss[] {
  const [before, after] = [field(base, 'spec'), field(now, 'spec')];
  const found: Loss[] = [];
  const fewer = (key: string, what: string): void => {
    const [from, to] = [field(before, key)?.value, field(after, key)?.value];
    if (typeof from === 'number' && typeof to === 'number' && from > 1 && to <= 1)
      found.push({ what: `${what} from ${from} to ${to}`, ...changed(before, after, key, documents) });
  };
  fewer('replicas', 'replicas');
  fewer('minReplicas', 'least replicas');
  if (/^PodDisruptionBudget/.test(stringField(now, 'kind') ?? '')) {
    const isNone = (value: unknown) => value === 0 || value === '0%' || value === '100%';
    for (const key of ['minAvailable', 'maxUnavailable'])
      if (isNone(field(after, key)?.value) && !isNone(field(before, key)?.value))
        found.push({ what: `${key} is ${field(after, key)?.value}`, ...changed(before, after, key, documents) });
  }
  const strategy = (node: Node | undefined) => stringField(field(node, 'strategy'), 'type');
  if (strategy(after) === 'Recreate' && strategy(before) !== 'Recreate')
    found.push({ what: 'all replicas go before new ones come', ...changed(before, after, 'strategy', documents) });
  else if (field(before, 'strategy') && strategy(before) !== 'Recreate' && !field(after, 'strategy'))
    found.push({ what: 'its strategy is gone', ...changed(before, after, 'strategy', documents) });
  return [...found, ...podLosses(podOf(base), podOf(now), documents)];
}

/** The specification of the pods that an object makes, or is. */
function podOf(object: Node): Node | undefined {
  const spec = field(object, 'spec');
  if (stringField(object, 'kind') === 'Pod') return spec;
  return at(spec, 'template', 'spec') ?? at(spec, 'jobTemplate', 'spec', 'template', 'spec');
}

function podLosses(base: Node | undefined, now: Node | undefined, documents: ComparedDocuments): Loss[] {
  if (!base || !now) return [];
  const found: Loss[] = [];
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (field(now, key)?.value === true && field(base, key)?.value !== true)
      found.push({ what: `${key} is on`, ...changed(base, now, key, documents) });
  const after = byName(field(now, 'containers'));
  for (const [name, container] of byName(field(base, 'containers'))) {
    const other = after.get(name);
    if (other) found.push(...containerLosses(name, container, other, documents));
  }
  return found;
}

function containerLosses(name: string, base: Node, now: Node, documents: ComparedDocuments): Loss[] {
  const found: Loss[] = [];
  const gone = (what: string, ...keys: readonly string[]): void => {
    const key = keys.at(-1)!;
    const [before, after] = [at(base, ...keys.slice(0, -1)), at(now, ...keys.slice(0, -1))];
    if (!field(before, key) || field(after, key)) return;
    const range = firstLine(documents.nowText, keyRange(now, keys[0]!) ?? propertyRange(now, 'name') ?? rangeOf(now));
    const text = propertyText(before, key, documents.baseText);
    found.push({ what: `${what} of '${name}' is gone`, range, text, was: propertyRange(before, key) });
  };
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) gone(`the ${key}`, key);
  // A limit of CPU is left out on purpose by many: it slows down, and protects nobody.
  gone('the memory limit', 'resources', 'limits', 'memory');
  const [before, after] = [field(base, 'securityContext'), field(now, 'securityContext')];
  for (const key of ['privileged', 'allowPrivilegeEscalation'])
    if (field(after, key)?.value === true && field(before, key)?.value !== true)
      found.push({ what: `'${name}' is given ${key}`, ...changed(before, after, key, documents) });
  if (field(before, 'runAsNonRoot')?.value === true && field(after, 'runAsNonRoot')?.value === false)
    found.push({ what: `'${name}' may run as root`, ...changed(before, after, 'runAsNonRoot', documents) });
  return [...found, ...imageLosses(name, base, now, documents)];
}

function imageLosses(name: string, base: Node, now: Node, documents: ComparedDocuments): Loss[] {
  const isFloating = (image: string) => /:latest$/.test(image) || !/[:@][^/]*$/.test(image);
  const [from, to] = [stringField(base, 'image'), stringField(now, 'image')];
  if (from === undefined || to === undefined || isFloating(from) || !isFloating(to)) return [];
  return [{ what: `the image of '${name}' has no fixed version`, ...changed(base, now, 'image', documents) }];
}

function composeLosses(documents: ComparedDocuments): Losses[] {
  const after = field(documents.now[0], 'services');
  return entriesOf(field(documents.base[0], 'services')).flatMap(({ key, value: base }) => {
    const now = field(after, key);
    const losses = now
      ? [...serviceLosses(base, now, keyRange(after, key)!, documents), ...imageLosses(key, base, now, documents)]
      : [];
    return losses.length > 0 ? [{ name: `service ${key}`, losses }] : [];
  });
}

function serviceLosses(base: Node, now: Node, range: TextRange, documents: ComparedDocuments): Loss[] {
  const found: Loss[] = [];
  const isOff = at(now, 'healthcheck', 'disable')?.value === true;
  if (field(base, 'healthcheck') && (!field(now, 'healthcheck') || isOff))
    found.push({
      what: 'its health check is gone',
      range,
      text: propertyText(base, 'healthcheck', documents.baseText),
      was: propertyRange(base, 'healthcheck'),
    });
  const limits: readonly (readonly string[])[] = [['deploy', 'resources', 'limits'], ['mem_limit'], ['cpus']];
  const isLimited = limits.some((keys) => at(now, ...keys));
  const lost = limits.find((keys) => at(base, ...keys));
  if (lost && !isLimited) {
    const [holder, key] = [at(base, ...lost.slice(0, -1)), lost.at(-1)!];
    const text = propertyText(holder, key, documents.baseText);
    found.push({ what: 'its limits are gone', range, text, was: propertyRange(holder, key) });
  }
  if (field(now, 'privileged')?.value === true && field(base, 'privileged')?.value !== true)
    found.push({ what: 'it is privileged', ...changed(base, now, 'privileged', documents) });
  return found;
}

/** Where a property stands now, or what holds it; and what it was. */
export function changed(
  base: Node | undefined,
  now: Node | undefined,
  key: string,
  { baseText, nowText }: ComparedDocuments,
): Omit<Loss, 'what'> {
  const own = propertyRange(now, key);
  const range = own ?? (now ? rangeOf(now) : { start: 0, end: nowText.length });
  const was = propertyRange(base, key);
  return {
    range: firstLine(nowText, range),
    text: propertyText(base, key, baseText),
    was,
    came: was ? undefined : own,
  };
}

function propertyText(node: Node | undefined, key: string, text: string): string {
  const range = propertyRange(node, key);
  return range ? text.slice(range.start, range.end).trimEnd() : `no ${key}`;
}

function textOf(node: Node, text: string): string {
  return text.slice(node.offset, node.offset + node.length).trimEnd();
}
