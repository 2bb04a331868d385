import type { Node } from 'jsonc-parser';
import { basename } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { entriesOf, field } from '../../flags/definitions/json-tree.ts';
import { anchorOf } from '../comparing/anchor.ts';
import { type ComparedDocuments, comparedDocuments } from '../comparing/documents.ts';
import { changedValues, lostFeatures } from '../comparing/features.ts';
import { restoringDocument } from '../comparing/remedies.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly name: string;
  readonly from: string;
  /** Undefined: removed. */
  readonly to: string | undefined;
  /** In a data file, its place at the base. */
  readonly was?: TextRange;
}

export default defineRule({
  id: 'tests/threshold-lowered',
  title: 'Threshold of coverage or mutation testing lowered',
  why: 'A threshold is lowered in a minute to get something through, and never raised again: from then on, what nobody tests passes.',
  severity: 'warning',
  scope: 'change',
  group: 'tests',
  *check(input): Iterable<Evidence<Data>> {
    yield* inCode(input);
    for (const one of comparedDocuments(input, isConfiguration)) yield* inData(one, input);
  },
  message: ({ data: { name, from, to } }) =>
    to === undefined
      ? `The threshold '${name}' (${from}) is gone: less tested code passes now.`
      : `The threshold '${name}' went from ${from} to ${to}: less tested code passes now.`,
  fixes: ({ path, data: { was } }) => (was ? restoringDocument(path, [was], []) : []),
});

function* inCode(input: RuleInput): Iterable<Evidence<Data>> {
  const told = new Set<unknown>();
  for (const { compared, from, to } of changedValues(input, 'threshold')) {
    if (told.has(compared) || Number(to.value) >= Number(from.value)) continue;
    told.add(compared);
    const { path, now } = compared;
    const { range } = to;
    const data = { name: nameOf(from.key), from: from.value ?? '', to: to.value };
    yield {
      path,
      range,
      subject: now.id,
      compared,
      related: [{ path, range, message: 'It was', text: from.text }],
      data,
    };
  }
  for (const { compared, lost } of lostFeatures(input, 'threshold')) {
    if (told.has(compared) || isSetElsewhere(compared.path, input)) continue;
    told.add(compared);
    const { path, now } = compared;
    const range = anchorOf(compared, lost.range);
    const related = [{ path, range, message: 'The threshold that stood here', text: lost.text }];
    yield {
      path,
      range,
      subject: now.id,
      compared,
      related,
      data: { name: nameOf(lost.key), from: lost.value ?? '', to: undefined },
    };
  }
}

function isConfiguration(path: string): boolean {
  return /^(?:package\.json|\.?(?:nycrc|c8rc|codecov|stryker|jest|vitest)[\w.-]*\.(?:jsonc?|ya?ml)|\.nycrc|\.c8rc|karma[\w.-]*\.json)$/.test(
    basename(path),
  );
}

function* inData(documents: ComparedDocuments, input: RuleInput): Iterable<Evidence<Data>> {
  const { path, base, now, baseText, nowText } = documents;
  const [before, after] = [thresholdsOf(base[0]), thresholdsOf(now[0])];
  for (const [name, { value: from, range: was }] of before) {
    const to = after.get(name);
    if (to ? to.value >= from : isSetElsewhere(path, input) || after.size > 0) continue;
    const range = to?.range ?? firstKey(now[0], nowText);
    const text = baseText.slice(was.start, was.end);
    yield {
      path,
      range,
      subject: 'threshold',
      related: [{ path, range, message: 'It was', text }],
      data: { name: nameOf(name), from: String(from), to: to && String(to.value), was },
    };
    return;
  }
}

interface Threshold {
  readonly value: number;
  readonly range: TextRange;
}

/** Numbers by the keys that lead to them, and those that scripts give to a tool (`c8 --lines 90`). */
function thresholdsOf(root: Node | undefined): ReadonlyMap<string, Threshold> {
  const found = new Map<string, Threshold>();
  const visit = (node: Node | undefined, keys: readonly string[]): void => {
    for (const { key, value, property } of entriesOf(node)) {
      const names = [...keys, key];
      if (value.type === 'object') visit(value, names);
      const number =
        typeof value.value === 'string' ? Number(/^(\d+(?:\.\d+)?)%$/.exec(value.value)?.[1]) : value.value;
      if (typeof number !== 'number' || Number.isNaN(number) || !isMeasure(names)) continue;
      found.set(names.join('.'), {
        value: number,
        range: { start: property.offset, end: property.offset + property.length },
      });
    }
  };
  visit(root, []);
  for (const { key, value, property } of entriesOf(field(root, 'scripts')))
    for (const [, name, number] of String(value.value).matchAll(
      /--(?:coverage\.?thresholds?\.)?(lines|branches|functions|statements)[ =](\d+)/gi,
    ))
      found.set(`${key} --${name}`, {
        value: Number(number),
        range: { start: property.offset, end: property.offset + property.length },
      });
  return found;
}

function isMeasure(names: readonly string[]): boolean {
  const last = names.at(-1)!;
  const above = names.slice(0, -1).join('.');
  if (/^(?:lines|branches|functions|statements)$/.test(last))
    return above === '' || /threshold|check-coverage|nyc|c8|coverage|each|global/i.test(above);
  if (/^(?:high|low|break)$/.test(last)) return /thresholds$/.test(above);
  return last === 'target' && /coverage|status|project|patch/.test(above);
}

/** Another file of the change speaks of thresholds that did not before: they moved. */
function isSetElsewhere(path: string, { change }: RuleInput): boolean {
  const word = /thresholds?\b|check-?coverage/i;
  return [...(change?.files ?? []), ...(change?.others ?? [])].some(
    (one) => one.path !== path && word.test(one.now ?? '') && !word.test(one.base ?? ''),
  );
}

function nameOf(key: string): string {
  return key.split('.').slice(-1)[0] ?? key;
}

function firstKey(root: Node | undefined, text: string): TextRange {
  const [first] = entriesOf(root);
  const start = first?.keyNode.offset ?? 0;
  return { start, end: first ? start + first.keyNode.length : Math.min(1, text.length) };
}
