import { basename } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { workspacePackages } from '../../facts/workspace-packages.ts';
import { entriesOf, field } from '../../flags/definitions/json-tree.ts';
import { type ComparedDocuments, comparedDocuments } from '../comparing/documents.ts';
import { isTooling } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly bumps: readonly string[];
}

/** A dependency whose old version and new one need not fit. */
interface Bump {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly range: TextRange;
}

export default defineRule({
  id: 'risk/dep-major',
  title: 'Runtime dependency with a new major version',
  why: 'A major version may break what compiles: other defaults, other errors, dropped behaviour. In a change of its own it can be tested, and taken back, alone.',
  severity: 'info',
  scope: 'change',
  group: 'pipeline',
  *check(input): Iterable<Evidence<Data>> {
    // The packages of one repository move together: each step is told once.
    const told = new Set<string>();
    const own = input.change?.others.some(({ path }) => basename(path) === 'package.json')
      ? ownPackages(input)
      : undefined;
    for (const one of comparedDocuments(input, (path) => basename(path) === 'package.json')) {
      const bumps = bumpsOf(one).filter((bump) => !told.has(stepOf(bump)) && !own?.has(bump.name));
      for (const bump of bumps) told.add(stepOf(bump));
      const [first, ...more] = bumps;
      if (!first) continue;
      const { path } = one;
      // Alone it is as it should be; together with other changes nobody sees which of them broke something.
      const isMixed = (input.change?.files ?? []).filter(({ test }) => !test).length > mostTouched;
      yield {
        path,
        range: first.range,
        subject: [first, ...more].map(({ name }) => name).join(' '),
        severity:
          [first, ...more].every(isYoung) || isAdapted([first, ...more], input)
            ? 'hint'
            : isMixed
              ? 'warning'
              : undefined,
        related: [
          { path, range: first.range, message: 'It was', text: first.from },
          ...more.map(({ range, from }) => ({ path, range, message: 'This one, too; it was', text: from })),
        ],
        data: { bumps: [first, ...more].map(({ name, from, to }) => `${name} ${from} -> ${to}`) },
      };
    }
  },
  message: ({ data: { bumps } }) => {
    const rest = bumps.length > 3 ? `, and ${bumps.length - 3} more` : '';
    return `A new major version at run time: ${bumps.slice(0, 3).join(', ')}${rest}. Read what it breaks; best in a change of its own.`;
  },
});

/** Most of the code that changed imports the packages that moved: the change is about nothing else, as it should be. */
function isAdapted(bumps: readonly Bump[], { change, facts }: RuleInput): boolean {
  const names = bumps.map(({ name }) => name);
  const isOf = (specifier: string) => names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  const changed = (change?.files ?? []).filter(({ path, test }) => !test && !isTooling(path));
  const adapted = changed.filter(({ path }) => facts(path)?.imports.some((one) => isOf(one.specifier)));
  return adapted.length > 0 && adapted.length * 2 >= changed.length;
}

/** Packages of this repository are released together: what they break is changed with them. */
function ownPackages({ files, text }: RuleInput): ReadonlySet<string> {
  const manifests = [...files.paths()].filter((path) => basename(path) === 'package.json');
  return new Set(workspacePackages(new Map(manifests.map((path) => [path, text(path) ?? '']))).keys());
}

/** A new major version goes along with small adaptions in as many files. */
const mostTouched = 10;

const sections = ['dependencies', 'optionalDependencies'];
/** Tools that some list beside what they run with. */
const tools =
  /^@types\/|^@?(?:typescript|eslint|prettier|stylelint|biomejs|jest|vitest|mocha|jsdom|msw|nock|sinon|chai|cypress|playwright|testing-library|storybook|husky|lint-staged|nodemon|ts-node|tsx|turbo|nx|lerna|rimraf|concurrently|commitlint|lighthouse|webpack|rollup|esbuild|vite|babel|postcss|autoprefixer|sass|gulp|grunt|parcel|swc|terser|nyc)(?:[/-]|$)|-loader$|-(?:webpack|rollup|vite|babel)-plugin$|^(?:babel|webpack|rollup|vite|gulp|grunt)-/;

function bumpsOf({ base, now }: ComparedDocuments): Bump[] {
  const before = new Map<string, string>();
  for (const section of [...sections, 'devDependencies', 'peerDependencies'].reverse())
    for (const { key, value } of entriesOf(field(base[0], section)))
      if (typeof value.value === 'string') before.set(key, value.value);
  return sections.flatMap((section) =>
    entriesOf(field(now[0], section)).flatMap(({ key: name, keyNode, value }) => {
      const from = before.get(name);
      const to: unknown = value.value;
      if (from === undefined || typeof to !== 'string' || tools.test(name) || !isMajor(from, to)) return [];
      return [{ name, from, to, range: { start: keyNode.offset, end: value.offset + value.length } }];
    }),
  );
}

function isMajor(from: string, to: string): boolean {
  const [before, after] = [versionOf(from), versionOf(to)];
  if (!before || !after) return false;
  if (before.major !== after.major) return true;
  return before.major === 0 && before.minor !== after.minor;
}

/** From 0.50 to 0.51: it may break something, and comes every few weeks. */
function isYoung({ from, to }: Bump): boolean {
  return versionOf(from)?.major === 0 && versionOf(to)?.major === 0;
}

function stepOf({ name, from, to }: Bump): string {
  return `${name} ${from} ${to}`;
}

/** The highest version that a range names; undefined for workspaces, tags, addresses, and `*`. */
function versionOf(range: string): { major: number; minor: number } | undefined {
  const text = range.replace(/^npm:@?[^@]+@/, '');
  if (/^(?:workspace|catalog|file|link|git|github|https?|patch|portal)\b/.test(text)) return undefined;
  const found = [...text.matchAll(/(?:^|[\s^~=><v|])(\d+)(?:\.(\d+))?/g)]
    .map(([, major, minor]) => ({ major: Number(major), minor: Number(minor ?? 0) }))
    .sort((a, b) => b.major - a.major || b.minor - a.minor);
  return /^\s*[<*]/.test(text) ? undefined : found[0];
}
