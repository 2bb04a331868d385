import assert from 'node:assert/strict';
import { Cancelled } from '../../server/src/core/cancellation.ts';
import { applyEdits, changedText, isComplete } from '../../server/src/core/source-change.ts';
import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import type { FlagDefinition, FlagRead, FlagValue } from '../../server/src/flags/flag.ts';
import { removeFlags } from '../../server/src/removal/remove-flags.ts';
import { removeFrom, workspace } from './removal-reads.ts';

describe('removal over files', () => {
  const flagd = '{\n  "flags": {\n    "f": { "state": "ENABLED" },\n    "g": { "state": "ENABLED" }\n  }\n}\n';
  const definition = inJson('f', 'flags.json', flagd);

  it('folds every file and deletes the definition', () => {
    const input = workspace(
      {
        'src/a.ts': "if (flag('f')) a();\n",
        'src/b.test.ts': "const on = flag('f');\nif (!on) b();\n",
        'flags.json': flagd,
      },
      [definition],
    );
    const change = removeFlags([{ key: 'f', keep: true }], input);
    assert.ok(isComplete(change));
    assert.equal(change.title, "Remove flag 'f', keep true");
    assert.deepEqual(
      change.files.map((file) => [file.path, changedText(file)]),
      [
        ['flags.json', '{\n  "flags": {\n    "g": { "state": "ENABLED" }\n  }\n}\n'],
        ['src/a.ts', 'a();\n'],
        ['src/b.test.ts', ''],
      ],
    );
    const kinds = new Set(change.files.flatMap((file) => file.edits.map((edit) => edit.kind)));
    assert.deepEqual(kinds, new Set(['definition', 'fold']));
    assert.ok(change.files.every((file) => file.edits.every((edit) => edit.reason.length > 0)));
  });

  it('keeps the definition while a read is left, and says so', () => {
    const input = workspace({ 'src/a.ts': "if (flag('f')) a();\nuse(details('f'));\n", 'flags.json': flagd }, [
      definition,
    ]);
    const change = removeFlags([{ key: 'f', keep: true }], input);
    assert.deepEqual(
      change.files.map((file) => file.path),
      ['src/a.ts'],
    );
    assert.deepEqual(
      change.refused.map((refusal) => refusal.path),
      ['flags.json', 'src/a.ts'],
    );
    assert.match(change.refused[0]!.reason, /stays, because a read of it was left/);
  });

  it('keeps a registry member that something else names', () => {
    const registry = "export const Flags = {\n  first: 'f',\n  second: 'g',\n} as const;\n";
    const start = registry.indexOf("first: 'f'");
    const member = {
      name: 'first',
      value: 'f',
      range: { start, end: start + 10 },
      valueRange: { start: start + 7, end: start + 10 },
    };
    const range = { start: 0, end: registry.length - 1 };
    const group = {
      name: 'Flags',
      kind: 'object' as const,
      exported: true,
      range,
      nameRange: { start: 13, end: 18 },
      members: [member],
    };
    const registered: FlagDefinition = {
      ...definition,
      path: 'src/flags.ts',
      source: 'typescript-object',
      keyRange: member.valueRange,
      range: member.range,
      registry: { name: 'Flags', member: 'first', range },
    };
    const remove = (extra: string) =>
      removeFlags(
        [{ key: 'f', keep: true }],
        workspace({ 'src/a.ts': `if (flag('f')) a();\n${extra}`, 'src/flags.ts': registry }, [registered], (path) =>
          path === 'src/flags.ts' ? facts({ names: [group] }) : undefined,
        ),
      );
    const kept = remove("import { Flags } from './flags';\nshow(Flags.first);\n");
    assert.match(kept.refused[0]!.reason, /stays, because src\/a\.ts:3 still names it/);
    const gone = remove("import { Flags } from './flags';\nshow(Flags.second);\n");
    assert.deepEqual(gone.refused, []);
    assert.equal(changedText(gone.files.at(-1)!), "export const Flags = {\n  second: 'g',\n} as const;\n");
  });

  it('leaves generated files and files with syntax errors', () => {
    const text = "if (flag('f')) a();\n";
    for (const [fact, reason] of [
      [{ generated: true }, /generated/],
      [{ syntaxErrors: 1 }, /syntax errors/],
    ] as const) {
      const input = workspace({ 'src/a.ts': text, 'flags.json': flagd }, [definition], () => facts(fact));
      const change = removeFlags([{ key: 'f', keep: true }], input);
      assert.deepEqual(change.files, []);
      assert.match(change.refused.at(-1)!.reason, reason);
    }
  });

  it('keeps line endings, the byte order mark and tabs', () => {
    const text =
      "\uFEFFimport { old } from 'x';\r\nfunction go() {\r\n\tif (flag('f')) {\r\n\t\tif (x) {\r\n\t\t\ta();\r\n\t\t}\r\n\t} else {\r\n\t\told();\r\n\t}\r\n}\r\n";
    const [file] = removeFrom('src/a.ts', text, { f: true }).files;
    assert.equal(changedText(file!), '\uFEFFfunction go() {\r\n\tif (x) {\r\n\t\ta();\r\n\t}\r\n}\r\n');
    const [emptied] = removeFrom('src/a.ts', "\uFEFF\nconst on = flag('f');\nif (!on) a();\n", { f: true }).files;
    assert.equal(changedText(emptied!), '\uFEFF');
  });

  it('finds nothing to do for a key that nobody knows', () => {
    const change = removeFlags([{ key: 'unknown', keep: true }], workspace({ 'src/a.ts': "flag('f');\n" }));
    assert.deepEqual([change.files, change.refused], [[], []]);
  });

  it('leaves a read that cannot yield the value that is kept', () => {
    const input = workspace({ 'src/a.ts': "if (flag('f')) a();\n" });
    const { flags } = input.inventory;
    const reads = flags.get('f')!.reads;
    const kept = (type: FlagRead['type'], keep: FlagValue): readonly string[] => {
      const typed = new Map([['f', { ...flags.get('f')!, reads: reads.map((read) => ({ ...read, type })) }]]);
      const change = removeFlags([{ key: 'f', keep }], { ...input, inventory: { ...input.inventory, flags: typed } });
      return change.refused.map((refusal) => refusal.reason);
    };
    assert.deepEqual(kept('boolean', 'banana'), [
      'The read yields true or false, never "banana": keep one of the two.',
    ]);
    assert.deepEqual(kept('string', true), ['The read yields a string, which true is not: keep a value of that kind.']);
    assert.deepEqual(kept('object', 'x'), ['The read yields an object, which "x" is not; fold it by hand.']);
    for (const [type, keep] of [
      ['boolean', false],
      ['string', 'x'],
      ['number', 3],
      [undefined, 'x'],
    ] as const)
      assert.deepEqual(kept(type, keep), []);
  });

  it('stops when cancelled', () => {
    const input = workspace({ 'src/a.ts': "flag('f');\n" });
    assert.throws(() => removeFlags([{ key: 'f', keep: true }], input, { isCancellationRequested: true }), Cancelled);
  });

  it('merges several flags in one file', () => {
    const text = "const a = flag('f');\nconst b = flag('g');\nexport const v = a ? (b ? 1 : 2) : 3;\n";
    const [file] = removeFrom('src/a.ts', text, { f: true, g: false }).files;
    assert.equal(applyEdits(text, file!.edits), 'export const v = 2;\n');
  });
});

function inJson(key: string, path: string, text: string): FlagDefinition {
  const start = text.indexOf(`"${key}"`);
  const end = text.indexOf('}', start) + 1;
  return {
    key,
    path,
    keyRange: { start, end: start + key.length + 2 },
    range: { start, end },
    source: 'flagd',
    type: 'boolean',
    state: { kind: 'varies' },
  };
}

function facts(some: Partial<FileFacts>): FileFacts {
  return {
    imports: [],
    exports: [],
    names: [],
    reads: [],
    tags: [],
    suppressions: [],
    syntaxErrors: 0,
    generated: false,
    ...some,
  };
}
