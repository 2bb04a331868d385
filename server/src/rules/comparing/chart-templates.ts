import { type Loss, type Losses, workloadKinds } from './manifests.ts';

/** A template of a chart before it is filled in: no YAML that could be read. */
export interface ComparedTemplate {
  readonly baseText: string;
  readonly nowText: string;
}

export function isChartTemplate(path: string, text: string): boolean {
  return /(?:^|\/)templates\/.+\.(?:ya?ml|tpl)$/.test(path) && text.includes('{{');
}

/**
 * Probes that a workload's template has no more, told by their lines.
 * @param isMoved whether a word came to another file of the change
 */
export function templateLosses({ baseText, nowText }: ComparedTemplate, isMoved: (word: string) => boolean): Losses[] {
  const kind = workloadKinds.exec(nowText)?.[1];
  const place = /^[ \t]*(?:-[ \t]*)?(?:image|containers):.*$/m.exec(nowText);
  if (kind === undefined || !place) return [];
  const start = place.index + place[0].search(/\S/);
  const range = { start, end: place.index + place[0].length };
  const losses = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((key): Loss[] => {
    const line = new RegExp(`^[ \\t]*${key}:.*$`, 'gm');
    const before = baseText.match(line) ?? [];
    const isGone = before.length > (nowText.match(line) ?? []).length && !isMoved(key);
    return isGone ? [{ what: `the ${key} is gone`, range, text: before[0]!.trim() }] : [];
  });
  return losses.length > 0 ? [{ name: `Template of a ${kind}`, losses }] : [];
}
