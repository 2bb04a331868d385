import assert from 'node:assert/strict';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { changedText, type SourceChange } from '../../server/src/core/source-change.ts';
import { type TypeProblem, type TypeReport, verdictText } from '../../server/src/core/type-report.ts';
import type { TypeChecker } from '../../server/src/host/ports.ts';
import { newProblems } from '../../server/src/removal/type-errors.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const sdk = "import { OpenFeature } from '@openfeature/web-sdk';\nconst client = OpenFeature.getClient();\n";
const read = "client.getBooleanValue('new-fee', false)";

describe('a removal with the type checker', () => {
  it('says that nothing is new, and asks for the state before only where something is reported', async () => {
    const asked: string[][] = [];
    const change = await remove(
      {
        'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\n`,
        'src/index.ts': "export * from './fee';\n",
        'src/use.ts': "import type { fee } from './index';\nexport type Fee = typeof fee;\n",
        'src/apart.ts': 'export const a = 1;\n',
      },
      (_, files) => {
        asked.push([...files]);
        return [];
      },
    );
    assert.deepEqual(asked, [['src/fee.ts', 'src/index.ts', 'src/use.ts']]);
    assert.deepEqual(change.refused, []);
    assert.equal(verdictText(change.types!), 'types: no new errors in 3 files (a compiler)');
  });

  it('says nothing of errors that were there before, wherever they moved to and whatever they say now', async () => {
    const change = await remove(
      { 'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\nwrong; odd;\n` },
      (texts) => {
        const text = texts.get('src/fee.ts')!;
        const message = text.includes('getBooleanValue') ? 'Type A is odd.' : 'Type B is odd.';
        return [problem('src/fee.ts', text.indexOf('wrong')), problem('src/fee.ts', text.indexOf('odd'), message)];
      },
    );
    assert.equal(textOf(change, 'src/fee.ts'), 'export const fee = () => 1;\nwrong; odd;\n');
    assert.deepEqual(change.refused, []);
  });

  it('gives up what would follow in another file before it leaves a read', async () => {
    const page = (given: string) => `import { fee } from './fee';\nexport const page = () => fee(${given});\n`;
    const fee = 'export const fee = (isNew: boolean) => (isNew ? 1 : 2);\n';
    const change = await remove({ 'src/page.ts': `${sdk}${page(read)}`, 'src/fee.ts': fee }, (texts) =>
      found(texts, 'src/fee.ts', 'fee = () =>'),
    );
    assert.equal(textOf(change, 'src/page.ts'), page('true'));
    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['src/page.ts'],
    );
    assert.deepEqual(change.refused, []);
  });

  it('leaves the definition that an error names before it leaves a read', async () => {
    const flags = "export enum Flags {\n  NewFee = 'new-fee',\n  Other = 'other',\n}\n";
    const fee = (on: string, made: string) => `${made}export const fee = () => show({ 'new-fee': ${on} });\n`;
    const imports = `import { Flags } from './flags';\n${sdk}`;
    const change = await remove(
      { 'src/fee.ts': fee('client.getBooleanValue(Flags.NewFee, false)', imports), 'src/flags.ts': flags },
      (texts) =>
        texts.get('src/flags.ts')?.includes('NewFee') === false
          ? [
              problem(
                'src/fee.ts',
                texts.get('src/fee.ts')!.indexOf("'new-fee'"),
                "''new-fee'' does not exist in type 'X'.",
              ),
            ]
          : [],
    );
    assert.equal(textOf(change, 'src/fee.ts'), fee('true', ''));
    assert.deepEqual(change.refused.map(shortly), [
      "src/flags.ts The definition of 'new-fee' stays, because src/fee.ts:4 still names it (TS1); look there, then delete it.",
    ]);
  });

  it('leaves only the reads that stand in the statement of a new error', async () => {
    const change = await remove(
      {
        'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\nexport const tax = () => (${read} ? 3 : 4);\n`,
      },
      (texts) => found(texts, 'src/fee.ts', 'tax = () => 3'),
    );
    assert.equal(
      textOf(change, 'src/fee.ts'),
      `${sdk}export const fee = () => 1;\nexport const tax = () => (${read} ? 3 : 4);\n`,
    );
    assert.deepEqual(change.refused.map(shortly), [
      "src/fee.ts Folding it would bring a new type error at src/fee.ts:4 (TS1: it's wrong); fold it by hand.",
    ]);
    assert.equal(
      verdictText(change.types!),
      'types: no new errors in 1 file (a compiler); 1 place left because of new errors',
    );
  });

  it('leaves all reads of a file whose importer has a new error, and no other', async () => {
    const change = await remove(
      {
        'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\n`,
        'src/tax.ts': `${sdk}export const tax = () => (${read} ? 3 : 4);\n`,
        'src/index.ts': "export { fee } from './fee';\n",
        'src/use.ts': "import { fee } from './index';\nif (fee() === 2) alert();\n",
      },
      (texts) => (texts.get('src/fee.ts')?.includes('=> 1') ? [problem('src/use.ts', 38)] : []),
    );
    assert.deepEqual(
      [...change.files].map(({ path }) => path),
      ['src/tax.ts'],
    );
    assert.deepEqual(
      change.refused.map(({ path }) => path),
      ['src/fee.ts'],
    );
  });

  it('leaves the reads of what the error names, where that can be told', async () => {
    const change = await remove(
      {
        'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\nexport const tax = () => (${read} ? 3 : 4);\n`,
        'src/use.ts': "import { fee, tax } from './fee';\nfee() + tax();\n",
      },
      (texts) => (texts.get('src/fee.ts')?.includes('=> 1') ? [problem('src/use.ts', 34)] : []),
    );
    assert.equal(
      textOf(change, 'src/fee.ts'),
      `${sdk}export const fee = () => (${read} ? 1 : 2);\nexport const tax = () => 3;\n`,
    );
  });

  it('follows a value into no file where that brings an error', async () => {
    const files = {
      'src/page.ts': `${sdk}import { fee } from './fee';\nexport const page = () => fee(${read}, 5);\nexport const tax = () => (${read} ? 3 : 4);\n`,
      'src/fee.ts': 'export function fee(isNew: boolean, base: number): number {\n  return isNew ? base : 2;\n}\n',
    };
    const free = await remove(files, () => []);
    assert.deepEqual(
      free.files.map(({ path }) => path),
      ['src/fee.ts', 'src/page.ts'],
    );
    const change = await remove(files, (texts) => found(texts, 'src/fee.ts', 'return base'));
    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['src/page.ts'],
    );
    assert.match(textOf(change, 'src/page.ts')!, /fee\(true, 5\);\n.*tax = \(\) => 3;/);
    assert.deepEqual(change.refused, []);
  });

  it('keeps a file that an error shows to be in use, and what it exports', async () => {
    const files = {
      'src/fee.ts': `${sdk}import { old } from './old';\nexport const fee = () => (${read} ? 1 : old());\n`,
      'src/old.ts': 'export const old = () => 2;\nexport interface Old {}\n',
      'src/global.d.ts': "declare const old: import('./old').Old;\n",
    };
    assert.deepEqual(deleted(await remove(files, () => [])), []);
    const { 'src/global.d.ts': _, ...others } = files;
    assert.deepEqual(deleted(await remove(others, () => [])), ['src/old.ts']);
    const change = await remove(others, (texts) =>
      texts.get('src/old.ts') === '' ? [problem('src/fee.ts', 0), problem('src/old.ts', 0)] : [],
    );
    assert.deepEqual(deleted(change), []);
  });

  it('changes nothing where an error stays whatever is left', async () => {
    let rounds = 0;
    const change = await remove(
      {
        'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\n`,
        'src/tax.ts': `${sdk}export const tax = () => (${read} ? 3 : 4);\n`,
        'src/use.ts': "import './fee';\nimport './tax';\n",
      },
      (texts) => {
        const isAfter = [...texts.values()].some((text) => !text.includes('getBooleanValue'));
        rounds++;
        return isAfter ? [problem('src/use.ts', 0, `round ${rounds}`)] : [];
      },
    );
    assert.deepEqual(change.files, []);
    assert.equal(change.refused.length, 2);
    assert.ok(rounds < 12, `${rounds} rounds`);
  });

  it('keeps a definition whose deletion brings an error elsewhere', async () => {
    const change = await remove(
      {
        'src/flags.json':
          '{ "flags": { "new-fee": { "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" } } }\n',
        'src/keys.ts':
          "import flags from './flags.json';\nexport const key: keyof typeof flags.flags = 'new' + '-fee' as 'new-fee';\n",
      },
      (texts) =>
        texts.has('src/flags.json') && !texts.get('src/flags.json')!.includes('new-fee')
          ? [problem('src/keys.ts', 40)]
          : [],
    );
    assert.deepEqual(change.files, []);
    assert.deepEqual(
      change.refused.map(({ path }) => path),
      ['src/flags.json'],
    );
  });

  it('says what it did not check, and why', async () => {
    const files = { 'src/fee.ts': `${sdk}export const fee = () => (${read} ? 1 : 2);\n` };
    const failing: TypeChecker = {
      start: () => ({ check: () => Promise.reject(new Error('the type checker ended')), close: () => undefined }),
    };
    const change = await removeWith(files, failing);
    assert.equal(change.files.length, 1);
    assert.equal(verdictText(change.types!), 'types: not checked in 1 file: the type checker ended');
    const skipped = await removeWith(files, failing, 'nobody wants it');
    assert.equal(verdictText(skipped.types!), 'types: not checked in 1 file: nobody wants it');
    const none = await removeWith(files, undefined);
    assert.equal(verdictText(none.types!), 'types: not checked in 1 file: there is no type checker here');
  });

  it('lays unsaved texts over those on disk', async () => {
    const host = memoryHost(
      new Map([
        ['src/fee.ts', 'export {};\n'],
        ['src/apart.ts', 'export {};\n'],
      ]),
    );
    const seen: Map<string, string>[] = [];
    const remember: Answer = (texts) => {
      seen.push(new Map(texts));
      return [];
    };
    const session = createSession({ host: { ...host, types: fake(remember) } });
    session.apply({
      kind: 'edited',
      path: 'src/fee.ts',
      text: `${sdk}export const fee = () => (${read} ? 1 : 2);\n`,
      version: 2,
    });
    session.apply({ kind: 'edited', path: 'src/apart.ts', text: 'export const b = 1;\n', version: 2 });
    await session.removeFlags([{ key: 'new-fee', keep: true }], neverCancelled, {});
    assert.deepEqual(seen, [
      new Map([
        ['src/fee.ts', 'export const fee = () => 1;\n'],
        ['src/apart.ts', 'export const b = 1;\n'],
      ]),
    ]);
  });
});

describe('new problems', () => {
  it('are those that are there more often than before', () => {
    const change: SourceChange = { title: '', files: [], refused: [] };
    const fresh = newProblems([problem('a.ts', 4)], [problem('a.ts', 4), problem('a.ts', 9)], change);
    assert.deepEqual(fresh, [problem('a.ts', 9)]);
  });
});

type Answer = (texts: ReadonlyMap<string, string>, files: readonly string[]) => TypeProblem[];

function remove(files: Record<string, string>, answer: Answer): Promise<SourceChange> {
  return removeWith(files, fake(answer));
}

function removeWith(
  files: Record<string, string>,
  types: TypeChecker | undefined,
  skip?: string,
): Promise<SourceChange> {
  const host = { ...memoryHost(new Map(Object.entries(files))), ...(types && { types }) };
  const wish = skip === undefined ? {} : { skip };
  return createSession({ host }).removeFlags([{ key: 'new-fee', keep: true }], neverCancelled, wish);
}

/** Answers for the files that are asked for. */
function fake(answer: Answer): TypeChecker {
  const check = async (texts: ReadonlyMap<string, string>, files: readonly string[]): Promise<TypeReport> => ({
    problems: answer(texts, files).filter(({ path }) => files.includes(path)),
    checked: files.map((path) => ({ path, compiler: 'a compiler' })),
    unchecked: [],
    unresolved: [],
  });
  return { start: () => ({ check, close: () => undefined }) };
}

function problem(path: string, start: number, message = "it's wrong"): TypeProblem {
  return { path, code: 1, message, start, end: start + 4 };
}

function found(texts: ReadonlyMap<string, string>, path: string, sign: string): TypeProblem[] {
  const start = texts.get(path)?.indexOf(sign) ?? -1;
  return start < 0 ? [] : [problem(path, start)];
}

function textOf(change: SourceChange, path: string): string | undefined {
  const file = change.files.find((one) => one.path === path);
  return file && changedText(file);
}

function deleted({ files }: SourceChange): string[] {
  return files.filter((file) => file.deleted).map(({ path }) => path);
}

function shortly({ path, reason }: { path: string; reason: string }): string {
  return `${path} ${reason}`;
}
