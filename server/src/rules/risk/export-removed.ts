import type { ChangedFile } from '../../change/change.ts';
import { count } from '../../core/count.ts';
import type { Severity } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { EntryPoint } from '../../facts/entry-points.ts';
import { type Origin, type PublicNames, publicNames } from '../../facts/public-names.ts';
import { anchorInChanged } from '../comparing/anchor.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly name: string;
  /** What its declaration is called now. */
  readonly to: string | undefined;
  /** Further names that went with it. */
  readonly more: readonly string[];
  /** What they were exported from: a package's entry point; undefined where files of this workspace still import them. */
  readonly from: string | undefined;
  readonly importers: readonly string[];
  /** How many further files lost names of the same entry point, told as hints. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/export-removed',
  title: 'Export removed',
  why: 'What a published package exports is used by code that nobody here sees; it breaks with the next version. An importer in JavaScript breaks when it is loaded.',
  severity: 'warning',
  scope: 'change',
  group: 'contract',
  // What one change takes from an entry point is one decision.
  check: (input) =>
    toldOnce(lostExports(input), {
      input,
      id: 'risk/export-removed',
      group: 'contract',
      most: 1,
      causeOf: ({ subject, data: { from } }) => from ?? subject,
    }),
  message: ({ data: { name, to, more, from, importers, beside = 0 } }) => {
    const files = beside === 0 ? '' : ` So it is with names of ${count(beside, 'other file')}.`;
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    const gone = to ? `is called '${to}' now` : 'is not exported any more';
    if (from)
      return `'${name}'${others} ${gone}: whoever imports it from '${from}' breaks with the next version.${files}`;
    return `'${name}'${others} ${gone}, but ${importers.map((one) => `'${one}'`).join(', ')} still imports it.${files}`;
  },
});

function* lostExports(input: RuleInput): Iterable<Evidence<Data>> {
  const told = new Set<string>();
  yield* lostFromPackages(input, told);
  yield* stillImported(input, told);
}

/** Names that an entry point of a published package offered at the base, and does not now: told once, where they were declared. */
function* lostFromPackages(input: RuleInput, told: Set<string>): Iterable<Evidence<Data>> {
  if (!mayLose(input)) return;
  const { base, now } = input.modules;
  const namesBefore = publicNames(base);
  const namesNow = publicNames(now);
  const left = new Map(now.entries.map((one) => [one.specifier, one]));
  for (const entry of base.entries) {
    const after = left.get(entry.specifier);
    const before = namesBefore(entry.path);
    const lost = lostNames(before, after && namesNow(after.path), input).filter(
      (one) => !told.has(`${one.origin.path} ${one.origin.local}`),
    );
    // A package that went, or got another name, has no next version.
    const isGone = !after && !isPackage(entry, now.entries);
    const isMajor = after !== undefined && majorOf(after) !== majorOf(entry);
    // Nothing before 0.1 is promised to anybody.
    const isYoung = /^0\.0\./.test(entry.version);
    for (const some of byFile(lost, entry, input)) {
      for (const { origin } of some) told.add(`${origin.path} ${origin.local}`);
      const isLess = isMajor || some.every(({ origin }) => isType(origin, input));
      const evidence = evidenceOf(some, after ?? entry, input);
      const severity = isYoung || isGone ? 'hint' : isLess ? 'info' : evidence.severity;
      yield { ...evidence, severity };
    }
  }
}

/** Some entry of the same package is still there. */
function isPackage({ specifier }: EntryPoint, entries: readonly EntryPoint[]): boolean {
  const name = (of: string) =>
    of
      .split('/')
      .slice(0, of.startsWith('@') ? 2 : 1)
      .join('/');
  return entries.some((one) => name(one.specifier) === name(specifier));
}

/** Some changed file exports less than it did, is gone, or says what a package offers. */
function mayLose({ change, ...input }: RuleInput): boolean {
  return (
    (change?.others ?? []).some(({ basePath }) => basePath.endsWith('package.json')) ||
    (change?.files ?? []).some((file) => {
      if (file.base === undefined || file.test) return false;
      const names = new Set((input.changeFacts(file.path)?.exports ?? []).map(exportKey));
      return (input.baseFacts(file.basePath)?.exports ?? []).some((one) => !names.has(exportKey(one)));
    })
  );
}

function exportKey({
  exported,
  from,
}: {
  readonly exported: string;
  readonly from?: { readonly specifier: string };
}): string {
  return exported === '*' ? `* ${from?.specifier}` : exported;
}

interface LostName {
  readonly name: string;
  readonly origin: Origin;
}

/** Where more is passed on as a whole from outside the workspace than before, nothing is certain. */
function lostNames(before: PublicNames, after: PublicNames | undefined, input: RuleInput): LostName[] {
  if (after && [...after.open].some((one) => !before.open.has(one))) return [];
  return [...before.names].flatMap(([name, origin]) =>
    after?.names.has(name) || isInternal(name, origin, input) || isPassedByDefault(name, input)
      ? []
      : [{ name, origin }],
  );
}

/** `export Model from './model'`: a proposal that Babel knows and the compiler does not. */
function isPassedByDefault(name: string, { change }: RuleInput): boolean {
  return (change?.files ?? []).some((file) => passedByDefault(file).has(name));
}

const passed = new WeakMap<ChangedFile, ReadonlySet<string>>();
const defaultPassed = /^[ \t]*export\s+([^\s,{}*'"]+)\s*(?:,\s*\{[^}]*\}\s*)?from\b/gm;

function passedByDefault(file: ChangedFile): ReadonlySet<string> {
  const known = passed.get(file) ?? new Set([...(file.now ?? '').matchAll(defaultPassed)].map(([, name]) => name!));
  passed.set(file, known);
  return known;
}

/** Marked as nobody's business. */
function isInternal(name: string, { path, local }: Origin, input: RuleInput): boolean {
  if (/^(?:_|unstable_|experimental_|export=$)/i.test(name) || isSetApart(path)) return true;
  const text = textAtBase(path, input);
  const declared = text.search(
    new RegExp(`^[ \\t]*(?:export\\s+)?(?:default\\s+)?(?:\\w+\\s+){1,3}${escaped(local)}\\b`, 'm'),
  );
  return /@(?:internal|private|deprecated)\b(?:(?!\*\/)[\s\S])*\*\/\s*$/.test(
    text.slice(Math.max(0, declared - 1500), Math.max(0, declared)),
  );
}

/** What leaves no trace at run time breaks only those who compile against it. */
function isType({ path, local }: Origin, input: RuleInput): boolean {
  const text = textAtBase(path, input);
  const isDeclared = new RegExp(`\\b(?:type|interface)\\s+${escaped(local)}\\b`).test(text);
  return isDeclared && declarationStart(local, text) === undefined;
}

/** Where a value is declared under a name. */
function declarationStart(local: string, text: string): number | undefined {
  const found = text.search(
    new RegExp(
      `^[ \\t]*(?:export\\s+)?(?:default\\s+)?(?:declare\\s+|abstract\\s+|async\\s+)*(?:const|let|var|function\\s*\\*?|class|enum|namespace)\\s+${escaped(local)}\\b`,
      'm',
    ),
  );
  return found < 0 ? undefined : found;
}

/** By the file that declares them; one group for those that only the entry point does not pass on any more, values first. */
function byFile(lost: readonly LostName[], { path }: EntryPoint, input: RuleInput): LostName[][] {
  const entry = input.change?.files.find((one) => one.basePath === path && one.now !== undefined);
  const files = new Map<string, LostName[]>();
  for (const one of lost) {
    const { origin } = one;
    const file = input.change?.files.find(({ basePath }) => basePath === origin.path);
    const isStill = entry && origin.path !== path && (file?.now === undefined || stillExports(file, one, input));
    const key = isStill ? path : origin.path;
    files.set(key, [...(files.get(key) ?? []), one]);
  }
  return [...files.values()].map((some) =>
    some.length === 1
      ? some
      : some.toSorted((a, b) => Number(isType(a.origin, input)) - Number(isType(b.origin, input))),
  );
}

function stillExports({ path, now }: ChangedFile, { origin }: LostName, input: RuleInput): boolean {
  return (
    now !== undefined &&
    (input.changeFacts(path)?.exports ?? []).some((one) => (one.local ?? one.exported) === origin.local)
  );
}

/** Files in JavaScript that import by name what a changed module does not export any more: no compiler tells them. */
function* stillImported(input: RuleInput, told: ReadonlySet<string>): Iterable<Evidence<Data>> {
  const names = publicNames(input.modules.now);
  for (const file of input.change?.files ?? []) {
    if (file.now === undefined || file.base === undefined || file.test || isSetApart(file.path)) continue;
    const left = names(file.path);
    if (left.open.size > 0 || left.names.has('export=')) continue;
    const lost = (input.baseFacts(file.basePath)?.exports ?? []).flatMap((one) => {
      const local = one.local ?? one.exported;
      const isTold =
        one.exported === '*' ||
        left.names.has(one.exported) ||
        told.has(`${file.basePath} ${local}`) ||
        isPassedByDefault(one.exported, input);
      return isTold ? [] : [{ name: one.exported, origin: { path: file.basePath, local } }];
    });
    if (lost.length === 0) continue;
    const users = input.importersOf(file.path).filter((path) => /\.[cm]?jsx?$/.test(path) && !isSetApart(path));
    const broken = lost.filter(({ name }) => users.some((path) => imports(path, file.path, name, input)));
    if (broken.length === 0) continue;
    const importers = users.filter((path) => broken.some(({ name }) => imports(path, file.path, name, input)));
    const evidence = evidenceOf(broken, undefined, input);
    yield { ...evidence, data: { ...evidence.data, importers: importers.slice(0, 3) } };
  }
}

function imports(path: string, target: string, name: string, input: RuleInput): boolean {
  return (input.facts(path)?.imports ?? []).some(
    (one) =>
      (one.kind === 'import' || one.kind === 'export') &&
      one.bindings.some(({ imported, typeOnly }) => imported === name && !typeOnly) &&
      input.modules.now.resolve(path, one.specifier) === target,
  );
}

type Found = Evidence<Data> & { readonly severity?: Severity };

function evidenceOf(lost: readonly LostName[], entry: EntryPoint | undefined, input: RuleInput): Found {
  const [{ name, origin }, ...more] = lost as [LostName, ...LostName[]];
  const file = input.change?.files.find((one) => one.basePath === origin.path && one.base !== undefined);
  const passing = file && stillExports(file, lost[0]!, input) ? entryFile(entry, input) : undefined;
  const left = file && !passing ? declarationNow(file, origin, input) : undefined;
  const place =
    file && left ? { path: file.path, range: left.nameRange } : placeInFile(passing ?? file, origin, entry, input);
  const text = textAtBase(origin.path, input);
  const start = declarationStart(origin.local, text) ?? 0;
  const shown = text.slice(start).trimStart().split('\n', 1)[0]!.slice(0, 120);
  return {
    ...place,
    subject: `export ${name} of ${origin.path}`,
    ...(left ? { declaration: left } : {}),
    related: [{ ...place, message: 'The export that stood here', text: shown }],
    data: {
      name,
      to: left?.exported && left.name !== origin.local ? left.name : undefined,
      more: more.map((one) => one.name),
      from: entry?.specifier,
      importers: [],
    },
  };
}

/** The same declaration, not exported any more; or one of the same behaviour under a name that is new. */
function declarationNow(file: ChangedFile, { local }: Origin, input: RuleInput): Declaration | undefined {
  const isTop = (one: Declaration) => one.container === '' && one.kind !== 'module';
  const before = (input.baseFacts(file.basePath)?.declarations ?? []).filter(isTop);
  const after = (input.changeFacts(file.path)?.declarations ?? []).filter(isTop);
  const old = before.find((one) => one.name === local);
  return (
    after.find((one) => one.name === local) ??
    after.find((one) => one.shape === old?.shape && !before.some(({ name }) => name === one.name)) ??
    input.pairs.find((one) => one.base === old && one.path === file.path)?.now
  );
}

/** In the file that declared it, in the entry point that passed it on, or nowhere but at the path that is gone. */
function placeInFile(
  file: ChangedFile | undefined,
  { path, local }: Origin,
  entry: EntryPoint | undefined,
  input: RuleInput,
): { path: string; range: TextRange } {
  const own = file?.now !== undefined ? file : entryFile(entry, input);
  if (own?.base === undefined || own.now === undefined)
    return { path: file?.path ?? path, range: { start: 0, end: 0 } };
  const { base } = own;
  const at = Math.max(0, declarationStart(local, base) ?? base.search(new RegExp(`\\b${escaped(local)}\\b`)));
  return { path: own.path, range: anchorInChanged(own, { start: at, end: at + local.length }) };
}

function entryFile(entry: EntryPoint | undefined, { change }: RuleInput): ChangedFile | undefined {
  return change?.files.find((one) => one.path === entry?.path && one.base !== undefined);
}

function textAtBase(path: string, { change, text }: RuleInput): string {
  return change?.files.find((one) => one.basePath === path && one.base !== undefined)?.base ?? text(path) ?? '';
}

function majorOf({ version }: EntryPoint): string {
  const [major, minor] = version.split('.');
  return major === '0' ? `0.${minor}` : (major ?? '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
