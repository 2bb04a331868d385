import type { FixRef } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { SuppressionFact, TagFact } from '../../facts/file-facts.ts';
import type { RuleInput } from '../rule.ts';

interface Marked<Fact> {
  readonly path: string;
  readonly mark: Fact;
}

/** Delivery tags of files that people write. */
export function* tagsOf(input: RuleInput): Iterable<Marked<TagFact>> {
  for (const [path, { tags }] of input.marked)
    if (!input.facts(path)?.generated) for (const mark of tags) yield { path, mark };
}

/** Suppressions of files that people write. */
export function* suppressionsOf(input: RuleInput): Iterable<Marked<SuppressionFact>> {
  for (const [path, { suppressions }] of input.marked)
    if (!input.facts(path)?.generated) for (const mark of suppressions) yield { path, mark };
}

/** Takes a tag, a suppression, or one rule of a suppression away. */
export function removal(path: string, { start, end }: TextRange, title: string): FixRef {
  return { id: 'remove-mark', title, safe: false, data: { path, start, end } };
}

/** Puts another word in the place of one that means nothing. */
export function replacement(path: string, { start, end }: TextRange, to: string): FixRef {
  return { id: 'replace-word', title: `Change to '${to}'`, safe: false, data: { path, start, end, to } };
}
