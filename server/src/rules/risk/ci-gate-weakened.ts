import type { Node } from 'jsonc-parser';
import type { Severity } from '../../core/finding.ts';
import { basename } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { parseData } from '../../flags/definitions/data-tree.ts';
import { entriesOf, field, itemsOf } from '../../flags/definitions/json-tree.ts';
import { type ComparedDocuments, comparedDocuments, firstLine, propertyRange } from '../comparing/documents.ts';
import { type Gate, type GateKind, gateKinds, type PipelinePart, pipelineParts } from '../comparing/gates.ts';
import { restoringDocument } from '../comparing/remedies.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly what: string;
  readonly was: readonly TextRange[];
  readonly came: readonly TextRange[];
}

/** A way in which a gate lets through what it stopped. */
interface Weakening {
  readonly what: string;
  readonly range: TextRange;
  readonly text: string;
  readonly severity?: Severity;
  /** Its place at the base, or, where nothing stood there, what came, as the file is now. */
  readonly was?: TextRange | undefined;
  readonly came?: TextRange | undefined;
}

export default defineRule({
  id: 'risk/ci-gate-weakened',
  title: 'Check of the pipeline weakened or removed',
  why: 'A check that cannot fail says nothing, and stays green while it does: what it used to stop reaches everybody, from this change on.',
  severity: 'warning',
  scope: 'change',
  group: 'pipeline',
  *check(input): Iterable<Evidence<Data>> {
    const pipelines = [...comparedDocuments(input, isPipeline)];
    const newest = pipelines.flatMap(({ now, nowText }) => gatesOf(now[0], nowText));
    const added = (input.change?.others ?? [])
      .filter(({ path, base, now }) => isPipeline(path) && base === undefined && now !== undefined)
      .flatMap(({ now = '' }) => now.split('\n').flatMap((line) => gateKinds(line)));
    const manifests = [...comparedDocuments(input, (path) => basename(path) === 'package.json')];
    const elsewhere = new Set([...newest.flatMap(({ kinds }) => kinds), ...added]);
    for (const one of pipelines)
      yield* told(one, [...weakenedParts(one), ...goneGates(one, elsewhere), ...untriggered(one, input)]);
    for (const one of manifests) yield* told(one, [...weakenedScripts(one, manifests)]);
    yield* gonePipelines(input, elsewhere);
  },
  message: ({ data: { what } }) => what,
  fixes: ({ path, data: { was, came } }) => restoringDocument(path, was, came),
});

/** Pipelines that are gone as a whole, with kinds of checks that no other one has. */
function* gonePipelines(input: RuleInput, elsewhere: ReadonlySet<string>): Iterable<Evidence<Data>> {
  const gone = (input.change?.others ?? []).filter(({ path, now }) => now === undefined && isPipeline(path));
  if (gone.length === 0) return;
  const left = [...input.files.paths()].filter(isPipeline);
  const kinds = new Set([
    ...elsewhere,
    ...left.flatMap((path) => (input.text(path) ?? '').split('\n')).flatMap(gateKinds),
  ]);
  for (const { path: was, base = '' } of gone) {
    const isLost = (one: GateKind) => !kinds.has(one);
    const lost = gatesOf(parseData(was, base).roots[0], base).find((one) => one.kinds.some(isLost));
    if (!lost) continue;
    const what = `'${was}' is gone, and no other pipeline checks ${lost.kinds.find(isLost)}.`;
    // The file itself cannot be opened any more.
    const path = [...left, 'package.json'].find((one) => input.text(one) !== undefined) ?? was;
    const text = input.text(path) ?? '';
    const range = firstLine(text, { start: 0, end: text.length });
    yield {
      path,
      range,
      subject: was,
      related: [{ path, range, message: 'It ran', text: lost.command }],
      data: { what, was: [], came: [] },
    };
  }
}

/** One finding a file and kind of weakening is enough to look at it. */
function* told({ path }: ComparedDocuments, found: readonly Weakening[]): Iterable<Evidence<Data>> {
  const seen = new Set<string>();
  for (const { what, range, text, severity, was, came } of found) {
    if (seen.has(what)) continue;
    seen.add(what);
    const data = { what, was: was ? [was] : [], came: came ? [came] : [] };
    yield { path, range, subject: what, severity, related: [{ path, range, message: 'It was', text }], data };
  }
}

function isPipeline(path: string): boolean {
  return /^\.github\/(?:workflows|actions)\/.*\.ya?ml$|(?:^|\/)\.gitlab-ci[\w.-]*\.ya?ml$|(?:^|\/)\.circleci\/[^/]+\.ya?ml$|(?:^|\/)(?:azure|bitbucket)-pipelines[\w.-]*\.ya?ml$/.test(
    path,
  );
}

function gatesOf(root: Node | undefined, text: string): Gate[] {
  return [...(pipelineParts(root, text)[0]?.gates ?? [])];
}

/** Switches that let a job or a step fail, or leave it out. */
const switches: readonly { key: string; on: RegExp; says: string }[] = [
  { key: 'continue-on-error', on: /^(?:\$\{\{\s*)?true/, says: 'may fail now, and the pipeline goes on' },
  { key: 'continueOnError', on: /^true/, says: 'may fail now, and the pipeline goes on' },
  { key: 'allow_failure', on: /^true/, says: 'may fail now, and the pipeline goes on' },
  { key: 'if', on: /^(?:\$\{\{\s*)?false\b/, says: 'is left out now' },
  { key: 'when', on: /^(?:never|manual)$/, says: 'does not run by itself any more' },
];

function* weakenedParts({ base, now, baseText, nowText }: ComparedDocuments): Iterable<Weakening> {
  const before = new Map(pipelineParts(base[0], baseText).map((one) => [one.id, one]));
  for (const part of pipelineParts(now[0], nowText)) {
    const was = before.get(part.id);
    if (!was || part.gates.length === 0 || was.gates.length === 0) continue;
    for (const { key, on, says } of switches) {
      const isOn = ({ node }: PipelinePart) => on.test(String(field(node, key)?.value ?? ''));
      const range = propertyRange(part.node, key);
      if (range && isOn(part) && !isOn(was))
        yield {
          what: `${shownGate(part)} ${says}.`,
          range: firstLine(nowText, range),
          text: textAt(was.node, key, baseText),
          was: propertyRange(was.node, key),
          came: propertyRange(was.node, key) ? undefined : range,
        };
    }
    for (const { command, range } of part.gates)
      for (const old of was.gates) {
        const how = softened(old.command, command);
        if (how) yield { ...how, range, text: old.command, was: old.range };
      }
  }
}

/** Kinds of checks of which none is left, in this pipeline or in another one of the change. */
function* goneGates(
  { base, now, baseText, nowText }: ComparedDocuments,
  elsewhere: ReadonlySet<string>,
): Iterable<Weakening> {
  const after = gatesOf(now[0], nowText);
  const known = new Set(gatesOf(base[0], baseText).map(({ command }) => command));
  // A new command may run them all.
  const isAny = (text: string) => /\b(?:check|ci|verify|validate|affected|all|make|nx|turbo)\b/.test(text);
  const more = commandLines(nowText).filter((line) => !baseText.includes(line));
  if (more.some(isAny) || after.some(({ command }) => !known.has(command) && isAny(command))) return;
  for (const { command, kinds, range: was } of gatesOf(base[0], baseText)) {
    const kind = kinds.find((one) => !elsewhere.has(one));
    if (kind === undefined) continue;
    const jobs = propertyRange(now[0], 'jobs') ?? { start: 0, end: nowText.length };
    const what = `Nothing in this pipeline checks ${kind} any more.`;
    yield { what, range: firstLine(nowText, jobs), text: command, was };
  }
}

/** A pipeline that checked pull requests, and now runs after the merge at the earliest; unless another one checks them. */
function* untriggered(
  { path, base, now, baseText, nowText }: ComparedDocuments,
  input: RuleInput,
): Iterable<Weakening> {
  const gates = gatesOf(now[0], nowText);
  if (gates.length === 0 || !/^\.github\/workflows\//.test(path)) return;
  const was = forReview(base[0]);
  if (was === undefined || forReview(now[0]) !== undefined) return;
  // Others start it: it is a part of theirs now.
  if (triggersOf(now[0]).includes('workflow_call')) return;
  const others = [...input.files.paths()].filter((one) => one !== path && isPipeline(one));
  const kinds = new Set(gates.flatMap((one) => one.kinds));
  const isChecked = (text: string) =>
    /\bpull_request|\bmerge_group/.test(text) &&
    text
      .split('\n')
      .flatMap(gateKinds)
      .some((kind) => kinds.has(kind));
  if (others.some((one) => isChecked(input.text(one) ?? ''))) return;
  const range = firstLine(nowText, propertyRange(now[0], 'on') ?? { start: 0, end: nowText.length });
  yield {
    what: `This pipeline no longer runs for pull requests: '${shown(gates[0]!.command)}' is asked after the merge at the earliest.`,
    range,
    text: textAt(base[0], 'on', baseText),
    was: propertyRange(base[0], 'on'),
    came: propertyRange(now[0], 'on'),
  };
}

function forReview(root: Node | undefined): string | undefined {
  return triggersOf(root).find((one) => /^(?:pull_request(?:_target)?|merge_group)$/.test(one));
}

function triggersOf(root: Node | undefined): string[] {
  const on = field(root, 'on');
  if (typeof on?.value === 'string') return [on.value];
  if (on?.type === 'array') return itemsOf(on).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return entriesOf(on).map(({ key }) => key);
}

function commandLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /^\s*-?\s*(?:run|uses|script|command):|^\s+\S/.test(line))
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('#'));
}

/** A command that was given what makes it pass. */
function softened(from: string, to: string): Pick<Weakening, 'what' | 'severity'> | undefined {
  const rest = to.slice(0, commonStart(from, to)).trim();
  if (rest.length < 3 || from === to) return undefined;
  const bare = to.replace(never, '').trim();
  if (never.test(to) && !never.test(from) && bare === from.trim())
    return { what: `'${shown(to)}' cannot fail any more.` };
  const passes = /\s--pass-?with-?no-?tests(?:=true)?\b/i;
  if (passes.test(to) && !passes.test(from) && to.replace(passes, '').trim() === from.trim())
    return { what: `'${shown(to)}' passes when it finds no test at all.`, severity: 'info' };
  const strict = strictness.exec(from)?.[0];
  if (strict && from.replace(strict, '').replace(/\s+/g, ' ').trim() === to.trim())
    return { what: `'${shown(to)}' has lost '${strict.trim()}': it lets more through.` };
  const left = leavingOut.exec(to)?.[1];
  if (left && !leavingOut.test(from) && to.startsWith(from.trim()))
    return { what: `'${shown(to)}' leaves out a part of what it checked ('${left}').`, severity: 'info' };
  const [before, after] = [warnings(from), warnings(to)];
  if (before !== undefined && (after === undefined || after > before) && withoutWarnings(from) === withoutWarnings(to))
    return { what: `'${shown(to)}' lets more warnings through.` };
  return undefined;
}

const never = /\s*(?:\|\||;)\s*(?:true|:|exit 0|echo\b.*)\s*$/;
/** What makes a command fail sooner. */
const strictness = /\s--(?:error-on-warnings|fail-on-(?:warnings?|errors?)|deny-warnings|strict|ci)(?=\s|$)/;
const leavingOut = /\s(--(?:testPathIgnorePatterns|test-path-ignore-patterns|exclude|ignore-pattern|ignore))[= ]/;
const warningLimit = /\s--max-warnings[ =](\d+)/;

function warnings(command: string): number | undefined {
  const found = warningLimit.exec(command)?.[1];
  return found === undefined ? undefined : Number(found);
}

function withoutWarnings(command: string): string {
  return command.replace(warningLimit, '').trim();
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Scripts that checks are run by. */
const checking =
  /^(?:pre|post)?(?:-?commit|-?push|tests?|lint|type-?check|check|check-types|tsc|e2e|ci|verify|validate|format:check)(?:[:-]|$)/;

/** Another package has the script anew, or another one under its name: one tool for all, say. */
function isRunElsewhere(key: string, manifests: readonly ComparedDocuments[]): boolean {
  return manifests.some(({ base, now }) => {
    const before = field(base[0], 'scripts');
    return entriesOf(field(now[0], 'scripts')).some(
      (one) => one.key.startsWith(key) && field(before, one.key)?.value !== one.value.value,
    );
  });
}

function* weakenedScripts(
  { base, now, baseText, nowText }: ComparedDocuments,
  manifests: readonly ComparedDocuments[],
): Iterable<Weakening> {
  const [before, after] = [field(base[0], 'scripts'), field(now[0], 'scripts')];
  const scripts = entriesOf(after);
  for (const { key, value } of entriesOf(before)) {
    if (!checking.test(key) || typeof value.value !== 'string' || isNothing(value.value)) continue;
    const to: unknown = field(after, key)?.value;
    const text = textAt(before, key, baseText);
    const was = propertyRange(before, key);
    const range = propertyRange(after, key);
    if (typeof to === 'string' && range) {
      const how = isNothing(to) ? { what: `The script '${key}' does nothing any more.` } : softened(value.value, to);
      if (how) yield { ...how, range, text, was };
    } else if (after && /^(?:test|lint|type-?check|pre-?commit|pre-?push)$/.test(key)) {
      const kinds = gateKinds(key);
      const isKept = scripts.some(
        (one) =>
          one.key.replace('-', '').startsWith(key.replace('-', '')) ||
          gateKinds(one.key).some((kind) => kinds.includes(kind)) ||
          one.value.value === value.value,
      );
      if (!isKept && scripts.length > 0 && !isRunElsewhere(key, manifests))
        yield { what: `The script '${key}' is gone.`, range: scriptsKey(now[0], nowText), text, was };
    }
  }
}

function scriptsKey(root: Node | undefined, text: string): TextRange {
  return firstLine(text, propertyRange(root, 'scripts') ?? { start: 0, end: text.length });
}

function isNothing(script: string): boolean {
  return /^\s*(?:true|:|exit 0|echo\b[^&|;]*)(?:\s*(?:&&|;)\s*exit [01])?\s*$/.test(script);
}

function shownGate({ gates }: PipelinePart): string {
  return `'${shown(gates[0]!.command)}'`;
}

function shown(command: string): string {
  return command.length > 60 ? `${command.slice(0, 57)}...` : command;
}

function textAt(node: Node | undefined, key: string, text: string): string {
  const range = propertyRange(node, key);
  return range ? text.slice(range.start, range.end).trimEnd() : `no ${key}`;
}
