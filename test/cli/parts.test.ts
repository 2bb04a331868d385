import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import pc from 'picocolors';
import { checkText } from '../../server/src/cli/check-text.ts';
import { flagsText } from '../../server/src/cli/flags-text.ts';
import { type CheckOutput, changeOutput, type FlagsOutput, outputSchemas } from '../../server/src/cli/json.ts';
import { toPatch } from '../../server/src/cli/patch.ts';
import { valueFor, writtenValue } from '../../server/src/cli/remove.ts';
import { parseTarget } from '../../server/src/cli/wrap.ts';
import type { FileChange } from '../../server/src/core/source-change.ts';
import { isTestPath } from '../../server/src/facts/tests.ts';
import type { FlagDefinition } from '../../server/src/flags/flag.ts';
import { changeReport } from '../../server/src/session/change-report.ts';
import { lineAfter } from '../../server/src/session/places.ts';
import { removeTempFolders, tempFolder } from './temp-folder.ts';

const plain = pc.createColors(false);
const edit = (start: number, end: number, newText: string) => ({
  range: { start, end },
  newText,
  kind: 'fold' as const,
  reason: 'r',
});

describe('a patch', () => {
  after(removeTempFolders);

  it('is what git applies: changed, created, deleted, line ends and all', () => {
    const before = {
      'with space.ts': 'a\r\nb\r\n',
      'no-newline.ts': 'one\ntwo',
      'gone.ts': 'x\n',
      'grün.ts': 'g\n',
      'bom.ts': '\uFEFFa\n',
    };
    const changes: FileChange[] = [
      { path: 'with space.ts', before: before['with space.ts'], edits: [edit(0, 1, 'A')] },
      { path: 'no-newline.ts', before: before['no-newline.ts'], edits: [edit(4, 7, 'drei')] },
      { path: 'gone.ts', before: before['gone.ts'], edits: [], deleted: true },
      { path: 'grün.ts', before: before['grün.ts'], edits: [edit(0, 1, 'G')] },
      { path: 'bom.ts', before: before['bom.ts'], edits: [edit(1, 2, 'b')] },
      { path: 'new/made.ts', before: undefined, edits: [edit(0, 0, 'made')] },
    ];
    const folder = tempFolder(before);
    const patch = toPatch(changes);
    assert.match(patch, /\\ No newline at end of file/);
    assert.match(patch, /^--- \/dev\/null\n\+\+\+ b\/new\/made\.ts$/m);
    execFileSync('git', ['apply', '-'], { cwd: folder.root, input: patch });
    assert.equal(folder.read('with space.ts'), 'A\r\nb\r\n');
    assert.equal(folder.read('no-newline.ts'), 'one\ndrei');
    assert.equal(folder.read('grün.ts'), 'G\n');
    assert.equal(folder.read('bom.ts'), '\uFEFFb\n');
    assert.equal(folder.read('new/made.ts'), 'made');
    assert.throws(() => folder.read('gone.ts'));
  });

  it('is sorted, and empty where nothing changes', () => {
    const file = (path: string): FileChange => ({ path, before: 'a\n', edits: [edit(0, 1, 'b')] });
    assert.equal(toPatch([file('b.ts'), file('a.ts')]), toPatch([file('a.ts'), file('b.ts')]));
    assert.equal(toPatch([{ path: 'a.ts', before: 'a\n', edits: [edit(0, 1, 'a')] }]), '');
  });
});

describe('what a person writes', () => {
  it('names a value by its kind', () => {
    const unknown = { definitions: [] };
    for (const [written, value] of [
      ['true', true],
      ['false', false],
      ['3', 3],
      ['-0.5', -0.5],
      ['1e3', 1000],
      ['wide', 'wide'],
      ['"5"', '5'],
      ['"true"', 'true'],
      ['', ''],
      ['1.2.3', '1.2.3'],
      ['0x10', '0x10'],
    ] as const)
      assert.equal(valueFor(unknown, written), value, written);
  });

  it('is JSON where it looks like that', () => {
    assert.deepEqual(valueFor({ definitions: [] }, '{"color":"red","sizes":[1]}'), { color: 'red', sizes: [1] });
    assert.deepEqual(valueFor({ definitions: [] }, '[]'), []);
    assert.throws(() => valueFor({ definitions: [] }, '{color}'), /begins like JSON, but is none/);
    assert.equal(writtenValue('{color}'), '"{color}"');
  });

  it('is a text where the flag is one', () => {
    const range = { start: 0, end: 0 };
    const definition = {
      key: 'k',
      path: 'p',
      keyRange: range,
      range,
      source: 'flagd',
      type: 'string',
      state: { kind: 'varies' },
    } as const;
    assert.equal(valueFor({ definitions: [definition] }, '3'), '3');
    assert.equal(valueFor({ definitions: [definition] }, 'true'), 'true');
    assert.equal(valueFor({ definitions: [definition, { ...definition, type: 'number' }] }, '3'), 3);
  });

  it('is read back as it was printed, whatever is known of the flag', () => {
    const text = { type: 'string' } as FlagDefinition;
    for (const value of [true, false, 0, -1.5, 'wide', '', 'true', 'FALSE', '5', '.5', '"quoted"', 'a "b" c'])
      for (const definitions of typeof value === 'string' ? [[], [text]] : [[]])
        assert.equal(valueFor({ definitions }, writtenValue(value)), value);
  });

  it('names lines of a file', () => {
    assert.deepEqual(parseTarget('src/a.ts:3-5'), { file: 'src/a.ts', first: 3, last: 5 });
    assert.deepEqual(parseTarget('C:\\x\\a:b.ts:7'), { file: 'C:\\x\\a:b.ts', first: 7, last: 7 });
    for (const wrong of ['src/a.ts', 'src/a.ts:', ':3', 'a.ts:0', 'a.ts:5-3', 'a.ts:3-'])
      assert.throws(() => parseTarget(wrong), { name: 'UserError' }, wrong);
  });
});

describe('what a person reads', () => {
  const output: CheckOutput = {
    version: 1,
    base: 'merge base with main (1a2b3c4)',
    whyNoBase: null,
    verdict: { state: 'not-ready', reasons: ['0'.repeat(16)] },
    controlled: [
      {
        rule: 'risk/timeout-changed',
        file: 'src/b.ts',
        line: 4,
        column: 2,
        message: 'The timeout went.',
        state: 'tagged',
        by: 'a slower region',
      },
    ],
    findings: [
      {
        rule: 'risk/catch-removed',
        severity: 'error',
        file: 'src/a.ts',
        line: 9,
        column: 3,
        endLine: 9,
        endColumn: 9,
        message: 'The catch around charge() is gone.',
        fingerprint: '0'.repeat(16),
        group: 'errors',
        under: null,
        weight: { total: 8, explained: '4 (error) x 2 on a critical path (src/**) = 8' },
        needs: ['tag', 'test'],
        owner: '@acme/core',
        related: [
          {
            file: 'src/a.ts',
            line: 9,
            column: 3,
            message: 'It said',
            text: `try {\n${'      line();\n'.repeat(9)}    }\n`,
          },
        ],
        fixes: [{ id: 'add-tag', title: 'Add delivery tag', safe: false }],
      },
      {
        rule: 'risk/default-flipped',
        severity: 'info',
        file: 'src/a.ts',
        line: 11,
        column: 5,
        endLine: 11,
        endColumn: 9,
        message: 'The default went.',
        fingerprint: '2'.repeat(16),
        group: 'default',
        under: '0'.repeat(16),
        weight: { total: 1, explained: '1 (info)' },
        needs: [],
        owner: null,
        related: [],
        fixes: [],
      },
      {
        rule: 'flags/constant',
        severity: 'info',
        file: 'src/a.ts',
        line: 120,
        column: 17,
        endLine: 120,
        endColumn: 20,
        message: 'Always true.',
        fingerprint: '1'.repeat(16),
        group: null,
        under: null,
        weight: null,
        needs: [],
        owner: null,
        related: [{ file: 'flags.json', line: 1, column: 2, message: 'defined here' }],
        fixes: [],
      },
    ],
    suppressed: [
      {
        rule: 'risk/timeout-changed',
        file: 'src/b.ts',
        line: 3,
        column: 1,
        message: 'The timeout went.',
        reason: 'measured',
        fingerprint: '2'.repeat(16),
      },
    ],
    summary: {
      errors: 1,
      warnings: 0,
      infos: 2,
      hints: 0,
      changedFiles: 4,
      changedFunctions: 9,
      underControl: { flagged: 2, tagged: 0, tested: 1 },
      outsideChange: 7,
    },
  };

  it('is findings by file, and a line that sums up', () => {
    assert.equal(
      checkText(output, plain),
      [
        'src/a.ts',
        '     9:3  error    The catch around charge() is gone.  risk/catch-removed',
        '          It said',
        '          - try {',
        ...Array(5).fill('          -   line();'),
        '          - ... 5 more lines',
        '          to be looked at by @acme/core',
        '          also at 11:5: The default went.  risk/default-flipped',
        '          fix: Add delivery tag',
        '  120:17  info     Always true.  flags/constant',
        '          defined here (flags.json:1:2)',
        '',
        'Not ready.',
        '3 findings in 1 file: 1 error, 2 infos (against the merge base with main (1a2b3c4))',
        'Under control: 1 risk',
        '  src/b.ts:4:2  risk/timeout-changed  tagged: a slower region',
        'Suppressed: 1 finding',
        '  src/b.ts:3:1  risk/timeout-changed  measured',
        '7 more outside this change, or mere hints: --all',
      ].join('\n'),
    );
  });

  it('says when nothing is open, and when there is nothing to compare with', () => {
    const none = {
      errors: 0,
      warnings: 0,
      infos: 0,
      hints: 0,
      changedFiles: 1,
      changedFunctions: 1,
      underControl: { flagged: 0, tagged: 0, tested: 0 },
      outsideChange: 0,
    };
    const nothing = {
      ...output,
      findings: [],
      controlled: [],
      suppressed: [],
      verdict: { state: 'ready' as const, reasons: [] },
      summary: none,
    };
    assert.equal(
      checkText(nothing, plain),
      'Ready.\nNothing open in 1 changed file (against the merge base with main (1a2b3c4))',
    );
    assert.equal(
      checkText({ ...nothing, base: null, whyNoBase: 'the repository has no commits yet' }, plain),
      'Nothing open (no change to check: the repository has no commits yet)',
    );
    const noFlags: FlagsOutput = { version: 1, flags: [], dynamicReads: [], readers: [] };
    const options = { paint: plain, width: undefined, grouped: true, filtered: false };
    assert.match(flagsText(noFlags, options), /^No flags found\. 'switchyard init' looks/);
    assert.equal(flagsText(noFlags, { ...options, filtered: true }), 'No flag is like that.');
  });
});

describe('the report of a change', () => {
  const change = {
    title: 'Remove',
    files: [{ path: 'a.ts', before: '1\n2\n3\n4\n', edits: [edit(4, 5, 'x'), edit(0, 4, '')] }],
    refused: [
      { path: 'b.ts', range: { start: 2, end: 3 }, reason: 'cannot tell' },
      { path: 'a.ts', range: { start: 6, end: 7 }, reason: 'cannot fold' },
    ],
  };

  const files = { text: () => 'one\ntwo\n', isTest: isTestPath };

  it('tells the group of each edit, tests apart, and why a file is deleted', () => {
    const gone = {
      path: 'b.ts',
      before: 'x',
      edits: [],
      deleted: true,
      reason: 'nothing imports it any more',
    } as const;
    const more = [...change.files, { ...change.files[0]!, path: 'a.test.ts' }, gone];
    const report = changeOutput.parse(changeReport({ ...change, files: more }, files, false));
    assert.deepEqual(
      report.edits.map(({ file, group }) => `${file} ${group}`),
      ['a.test.ts tests', 'a.test.ts tests', 'a.ts fold', 'a.ts fold'],
    );
    assert.deepEqual(report.files.at(-1), {
      file: 'b.ts',
      action: 'deleted',
      group: 'cleanup',
      reason: 'nothing imports it any more',
    });
  });

  it('names places as they are on disk: before it is written, and after', () => {
    const planned = changeReport(change, files, false);
    assert.deepEqual(
      planned.refused.map(({ file, line }) => `${file}:${line}`),
      ['a.ts:4', 'b.ts:1'],
    );
    assert.deepEqual(
      planned.edits.map(({ line, newText }) => [line, newText]),
      [
        [1, ''],
        [3, 'x'],
      ],
    );
    assert.equal(planned.complete, false);
    assert.deepEqual(
      changeReport(change, files, true).refused.map(({ file, line }) => `${file}:${line}`),
      ['a.ts:2', 'b.ts:1'],
    );
    assert.equal(lineAfter(change.files[0]!, 6), 2);
  });
});

describe('the published schemas', () => {
  it('exist for each kind of output', () => {
    const schemas = outputSchemas();
    assert.deepEqual(Object.keys(schemas).sort(), ['check', 'flags', 'remove']);
    for (const schema of Object.values(schemas)) assert.equal((schema as { type: string }).type, 'object');
  });
});
