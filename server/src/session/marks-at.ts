import type { Finding, FixRef } from '../core/finding.ts';
import { contains } from '../core/text.ts';
import type { SuppressionFact, TagFact } from '../facts/file-facts.ts';
import { type MarkSlot, markSlot } from '../facts/mark-slots.ts';
import { commentMarks } from '../facts/marks.ts';
import { kindsOf, type RiskKind } from '../rules/comparing/kinds.ts';
import { isNamed } from '../rules/comparing/suppressed.ts';
import { rules } from '../rules/registry.generated.ts';
import type { Rule } from '../rules/rule.ts';
import type { Analysis } from './analysis.ts';
import { loadEngine } from './load-engine.ts';

/** What is typed at an offset, in a tag or a suppression inside of a comment. */
export async function slotAt(path: string, text: string, offset: number): Promise<MarkSlot | undefined> {
  const slot = markSlot(text, offset);
  if (slot === undefined) return undefined;
  const { isInComment } = await loadEngine();
  return isInComment(path, text, offset) ? slot : undefined;
}

/** What a tag may account for, those kinds first that open findings of the file have. */
export function kindsFor({ findings }: Analysis, path: string): readonly (RiskKind & { readonly wanted: boolean })[] {
  const open = findings.filter((one) => one.path === path && one.verdict?.state === 'open');
  const wanted = new Set(open.flatMap(({ rule, group }) => [rule.slice(rule.indexOf('/') + 1), group]));
  return [...kindsOf(rules).values()].map((one) => ({ ...one, wanted: wanted.has(one.kind) }));
}

/** Every rule that can be suppressed, those first that found something in the file. */
export function rulesFor({ findings }: Analysis, path: string): readonly (Rule & { readonly wanted: boolean })[] {
  const found = new Set(findings.filter((one) => one.path === path).map(({ rule }) => rule));
  return rules.map((rule) => ({ ...rule, wanted: found.has(rule.id) }));
}

/** A tag or a suppression with all that there is to say about it. */
export type MarkAt =
  | { readonly mark: TagFact; readonly kind: RiskKind | undefined; readonly findings: readonly Finding[] }
  | { readonly mark: SuppressionFact; readonly rules: readonly Rule[]; readonly findings: readonly Finding[] };

export function markAt({ marked, findings }: Analysis, path: string, offset: number): MarkAt | undefined {
  const marks = marked.get(path);
  const holds = ({ range }: TagFact | SuppressionFact) => contains(range, { start: offset, end: offset });
  const at = ({ range: { start } }: TagFact | SuppressionFact) =>
    findings.filter((one) => one.path === path && one.verdict?.at?.some((place) => place.start === start));
  const tag = marks?.tags.find(holds);
  if (tag) return { mark: tag, kind: kindsOf(rules).get(tag.kind), findings: at(tag) };
  const suppression = marks?.suppressions.find(holds);
  if (!suppression) return undefined;
  const named = rules.filter(({ id }) => suppression.rules.some(({ name }) => isNamed(id, name)));
  return { mark: suppression, rules: named, findings: at(suppression) };
}

/** The fix that writes a suppression for a finding; undefined where no comment can stand, or where what is wrong is a comment. */
export function suppressionFix({ rule, path, range }: Finding): FixRef | undefined {
  if (/^(?:policy|tags)\//.test(rule) || commentMarks(path) === undefined) return undefined;
  const data = { path, offset: range.start, rule };
  return { id: 'suppress', title: `Suppress ${rule} here, with a reason`, safe: false, data };
}
