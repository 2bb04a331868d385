import type { Node } from 'jsonc-parser';
import { basename } from '../../core/paths.ts';
import { entriesOf, field } from '../../flags/definitions/json-tree.ts';
import { at, type ComparedDocuments } from './documents.ts';
import { changed, type Loss, type Losses } from './manifests.ts';

/** `values.yaml`, `values-production.yaml`: what a chart is installed with. */
export function isValuesFile(path: string): boolean {
  return /^values(?:[-._][\w.-]+)?\.ya?ml$/.test(basename(path));
}

/**
 * What the values of a chart lost, at any depth: charts agree on the words of Kubernetes, and on a few of their own (`replicaCount`,
 * `enabled`).
 * @param isMoved whether a word came to another file of the change: the templates have it themselves now
 */
export function valuesLosses(documents: ComparedDocuments, isMoved: (word: string) => boolean): Losses[] {
  const found: Loss[] = [];
  const visit = (base: Node | undefined, now: Node | undefined, owner: string): void => {
    found.push(...ofMap(base, now, owner, documents, isMoved));
    for (const { key, value } of entriesOf(base)) {
      const other = field(now, key);
      if (value.type === 'object' && other?.type === 'object' && !/Probe$|^resources$/.test(key))
        visit(value, other, isOwner(key) ? key : owner);
    }
  };
  visit(documents.base[0], documents.now[0], '');
  return found.length > 0 ? [{ name: 'Helm values', losses: found }] : [];
}

function isOwner(key: string): boolean {
  return !/securityContext$|^(?:image|autoscaling|strategy|updateStrategy|podDisruptionBudget|pdb|global)$/i.test(key);
}

function ofMap(
  base: Node | undefined,
  now: Node | undefined,
  owner: string,
  documents: ComparedDocuments,
  isMoved: (word: string) => boolean,
): Loss[] {
  const found: Loss[] = [];
  const of = owner === '' ? '' : ` of '${owner}'`;
  const value = (node: Node | undefined, key: string): unknown => field(node, key)?.value;
  /** @param keys that lead to it */
  const tell = (what: string, ...keys: readonly string[]): void => {
    const [key, above] = [keys.at(-1)!, keys.slice(0, -1)];
    const holder = at(now, ...above) ?? now;
    found.push({ what, ...changed(at(base, ...above), holder, key, documents) });
  };
  const isScaled = at(now, 'autoscaling', 'enabled')?.value === true;
  for (const key of ['replicaCount', 'replicas', 'minReplicas']) {
    const [from, to] = [value(base, key), value(now, key)];
    if (typeof from === 'number' && typeof to === 'number' && from > 1 && to <= 1 && !isScaled)
      tell(`${key}${of} from ${from} to ${to}`, key);
  }
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    if (isOn(field(base, key)) && !isOn(field(now, key)) && (field(now, key) || !isMoved(key)))
      tell(`the ${key}${of} is gone`, key);
  const memory = (node: Node | undefined) => at(node, 'resources', 'limits', 'memory');
  if (memory(base) && !memory(now) && !isMoved('memory'))
    tell(`the memory limit${of} is gone`, 'resources', 'limits', 'memory');
  // Charts of a company have words of their own: `memoryLimits: 2048Mi`.
  for (const { key } of entriesOf(base))
    if (/^memory_?limits?$/i.test(key) && !field(now, key) && !isMoved(key)) tell(`the ${key}${of} are gone`, key);
  for (const key of ['privileged', 'allowPrivilegeEscalation', 'hostNetwork', 'hostPID'])
    if (value(now, key) === true && value(base, key) !== true) tell(`${key}${of} is on`, key);
  for (const key of ['runAsNonRoot', 'readOnlyRootFilesystem'])
    if (value(base, key) === true && value(now, key) === false) tell(`${key}${of} is off`, key);
  for (const key of ['podDisruptionBudget', 'pdb'])
    if (at(base, key, 'enabled')?.value === true && at(now, key, 'enabled')?.value === false)
      tell(`the disruption budget${of} is off`, key, 'enabled');
  for (const key of ['strategy', 'updateStrategy'])
    if (at(now, key, 'type')?.value === 'Recreate' && at(base, key, 'type')?.value !== 'Recreate')
      tell(`all replicas${of} go before new ones come`, key, 'type');
  if (field(now, 'repository') && value(now, 'tag') === 'latest' && isFixed(value(base, 'tag')))
    tell(`the image${of} has no fixed version`, 'tag');
  return found;
}

/** A probe with something in it, that is not switched off. */
function isOn(node: Node | undefined): boolean {
  return entriesOf(node).length > 0 && field(node, 'enabled')?.value !== false;
}

function isFixed(tag: unknown): boolean {
  return tag !== undefined && tag !== null && tag !== 'latest';
}
