import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedLines } from '../../client/src/changed-lines.ts';
import { crashedTwice } from '../../client/src/crashes.ts';
import {
  filesOf,
  mergePlans,
  type ProtocolEdit,
  staleDocuments,
  withoutPreview,
  withPreview,
} from '../../client/src/edit-plan.ts';
import { choiceOf, flagChoices } from '../../client/src/flag-choices.ts';
import { movedRange } from '../../client/src/moved-places.ts';
import { removalPage } from '../../client/src/removal-page.ts';
import {
  count,
  flagDescription,
  formatValue,
  headline,
  keyProblem,
  parseValue,
  verdictText,
} from '../../client/src/words.ts';
import { type ChangeFinding, type FlagView, needsYourLook, type Plan } from '../../server/src/protocol/messages.ts';
import { readSettings, settingProperties } from '../../server/src/protocol/settings.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

describe('words of the client', () => {
  it('counts', () => {
    assert.equal(count(1, 'open risk'), '1 open risk');
    assert.equal(count(0, 'file'), '0 files');
  });

  it('reads a typed value back as the value that it shows', () => {
    const value = fc.oneof(fc.boolean(), fc.integer(), fc.stringMatching(/^[a-z0-9 _-]*$/));
    fc.assert(fc.property(value, (one) => assert.deepEqual(parseValue(formatValue(one)), one)));
    assert.equal(parseValue('1.5'), 1.5);
    assert.equal(parseValue('treatment-b'), 'treatment-b');
    assert.equal(parseValue("'42'"), '42');
  });

  it('says what is wrong with a key', () => {
    assert.equal(keyProblem('new-cart'), undefined);
    assert.match(keyProblem('') ?? '', /Type a key/);
    assert.match(keyProblem('new cart') ?? '', /no spaces/);
    assert.match(keyProblem("x')") ?? '', /letters/);
  });

  it('shortens a message to its first clause', () => {
    const cases = [
      ["The timeout of 'f' went from 1 to 2: slow calls fail.", "The timeout of 'f' went from 1 to 2"],
      ["No definition knows the flag 'a.b'. Did you mean 'a-b'?", "No definition knows the flag 'a.b'"],
      [
        "'old' is false for everybody (flagd: enabled). Its other side is dead.",
        "'old' is false for everybody (flagd: enabled)",
      ],
      ["Changed: 'f' has 1 branch, and no test reaches it.", "Changed: 'f' has 1 branch, and no test reaches it"],
      ["The check 'may(s, 'a: b')' is gone: 'f' runs for everybody.", "The check 'may(s, 'a: b')' is gone"],
    ];
    for (const [message, short] of cases) assert.equal(headline(message!), short);
  });

  it('tells a verdict and a flag in a line', () => {
    const place = { uri: '', range };
    const finding = { rule: '', severity: 'info', message: '', place, part: '', compares: false, beneath: [] } as const;
    const verdict = (one: Partial<ChangeFinding>) => verdictText({ ...finding, beneath: [], verdict: 'open', ...one });
    assert.equal(verdict({}), 'open');
    assert.equal(verdict({ verdict: 'flagged', by: "behind flag 'a'" }), "behind flag 'a'");
    assert.equal(verdict({ verdict: 'tagged', by: 'hotfix' }), 'tagged: hotfix');
    assert.equal(verdict({ verdict: 'tested', by: 'a.test.ts' }), 'tested by a.test.ts');
    const flag: FlagView = {
      key: 'k',
      health: 'constant',
      value: 'on',
      values: ['on'],
      reason: '',
      definitions: [],
      reads: [],
      owner: 'pay',
    };
    assert.equal(flagDescription(flag), '"on" · pay · no reads');
  });
});

describe('flags to choose from', () => {
  const flag = (key: string): FlagView => ({ key, health: 'live', values: [], reason: '', definitions: [], reads: [] });
  const folder = (name: string, ...keys: string[]) => {
    return { folder: `file:///${name}`, name, flags: keys.map(flag), dynamicReads: [], readers: [] };
  };
  const choices = flagChoices([folder('shop', 'a', 'b'), folder('admin', 'b')]);

  it('say in which folder they live, where there are several', () => {
    assert.deepEqual(
      choices.map((one) => `${one.label}: ${one.description}`),
      ['a: Live · no reads · shop', 'b: Live · no reads · shop', 'b: Live · no reads · admin'],
    );
    assert.equal(flagChoices([folder('shop', 'a')])[0]!.description, 'Live · no reads');
  });

  it('are those of the folder that was named, when two have one key', () => {
    assert.equal(choiceOf(choices, { key: 'b', folder: 'file:///admin' })?.folder, 'file:///admin');
    assert.equal(choiceOf(choices, { key: 'b' })?.folder, 'file:///shop');
    assert.equal(choiceOf(choices, { key: 'a', folder: 'file:///admin' }), undefined);
  });
});

describe('plans in the client', () => {
  const edit = (uri: string, version: number | null): ProtocolEdit => ({
    changeAnnotations: { a: { label: 'Remove the toggle', needsConfirmation: true } },
    documentChanges: [{ textDocument: { uri, version }, edits: [{ range, newText: '', annotationId: 'a' }] }],
  });
  const plan = (uri: string): Plan => ({
    title: 't',
    complete: true,
    edit: edit(uri, 1),
    files: 1,
    edits: 1,
    refused: [],
  });

  it('merge without mixing annotations', () => {
    const merged = mergePlans([plan('file:///a'), plan('file:///b')]);
    const { changeAnnotations, documentChanges } = merged.edit as ProtocolEdit;
    assert.equal(merged.files, 2);
    assert.deepEqual(Object.keys(changeAnnotations ?? {}), ['0:a', '1:a']);
    assert.deepEqual(
      documentChanges?.map((one) => one.edits?.[0]?.annotationId),
      ['0:a', '1:a'],
    );
  });

  it('are previewed with every part ticked but one that does nothing', () => {
    const shown = withPreview(edit('file:///a', 1));
    const asking = Object.entries(shown.changeAnnotations ?? {}).filter(([, one]) => one.needsConfirmation);
    assert.equal(asking.length, 1);
    const parts = shown.documentChanges?.filter((one) => one.annotationId === asking[0]![0]);
    assert.deepEqual(
      parts?.map((one) => [one.kind, one.options]),
      [['delete', { ignoreIfNotExists: true }]],
    );
    assert.ok(
      !Object.values(withoutPreview(edit('file:///a', 1)).changeAnnotations ?? {}).some((one) => one.needsConfirmation),
    );
  });

  it('list what needs a look unticked in the preview, and leave it out without one', () => {
    const look: ProtocolEdit = {
      changeAnnotations: {
        f: { label: 'Fold', needsConfirmation: true },
        l: { label: needsYourLook, needsConfirmation: true },
      },
      documentChanges: [
        { textDocument: { uri: 'file:///a', version: 1 }, edits: [{ range, newText: 'x', annotationId: 'f' }] },
        { textDocument: { uri: 'file:///b', version: 1 }, edits: [{ range, newText: '', annotationId: 'l' }] },
        { kind: 'delete', uri: 'file:///c', annotationId: 'f' },
      ],
    };
    const shown = withPreview(look);
    assert.deepEqual(
      Object.values(shown.changeAnnotations ?? {}).map((one) => [one.label, one.needsConfirmation]),
      [
        ['Fold', false],
        [needsYourLook, true],
        ['Show the preview', true],
      ],
    );
    assert.deepEqual(filesOf(withoutPreview(look)), ['file:///a', 'file:///c']);
  });

  it('are stale when an open document moved on, not when it is closed', () => {
    assert.deepEqual(
      staleDocuments(edit('file:///a', 1), () => 2),
      ['file:///a'],
    );
    assert.deepEqual(
      staleDocuments(edit('file:///a', 1), () => 1),
      [],
    );
    assert.deepEqual(
      staleDocuments(edit('file:///a', 1), () => undefined),
      [],
    );
    assert.deepEqual(
      staleDocuments(edit('file:///a', null), () => 7),
      [],
    );
  });
});

describe('a place that was left', () => {
  const at = (line: number, character: number) => ({ line, character });
  const place = { start: at(4, 6), end: at(4, 9) };
  const moved = (start: [number, number], end: [number, number], text: string) =>
    movedRange(place, { range: { start: at(...start), end: at(...end) }, text });

  it('moves with the lines above it, and stays for those below', () => {
    assert.deepEqual(moved([1, 0], [3, 0], ''), { start: at(2, 6), end: at(2, 9) });
    assert.deepEqual(moved([1, 2], [1, 2], 'a\r\nb\n'), { start: at(6, 6), end: at(6, 9) });
    assert.deepEqual(moved([4, 9], [7, 0], 'x'), place);
    assert.deepEqual(moved([5, 0], [7, 0], 'x'), place);
  });

  it('moves on its own line, and goes to the start of what takes it away', () => {
    assert.deepEqual(moved([4, 0], [4, 2], 'wide'), { start: at(4, 8), end: at(4, 11) });
    assert.deepEqual(moved([2, 3], [4, 2], ''), { start: at(2, 7), end: at(2, 10) });
    assert.deepEqual(moved([2, 3], [4, 2], 'a\nbc'), { start: at(3, 6), end: at(3, 9) });
    assert.deepEqual(moved([4, 0], [5, 0], ''), { start: at(4, 0), end: at(4, 0) });
  });
});

describe('the summary of a removal', () => {
  const place = { uri: 'file:///shop/a.ts', path: 'a.ts', range, reason: 'It is set twice; fold it by hand.' };

  it('lists each place that was left under a heading, with its reason', () => {
    const { text, headings } = removalPage({ names: 'flag “x”', flags: ['“x”, kept on'] }, [place]);
    assert.match(text, /^# Removed flag “x”: in part, 1 place left\n\n- “x”, kept on\n/);
    const [[line, shown] = []] = headings;
    assert.equal(text.split('\n')[line!], '## a.ts:1');
    assert.equal(text.split('\n')[line! + 2], place.reason);
    assert.equal(shown, place);
  });

  it('says that nothing is left, what the type checker said, and that it stopped', () => {
    const done = { names: '2 flags', flags: [], types: 'no new type errors in 3 files' };
    const { text } = removalPage(done, []);
    assert.match(text, /^# Removed 2 flags: complete\n.*Types: no new type errors in 3 files\.\n\nNothing is left/s);
    const { text: stopped } = removalPage({ ...done, ended: 'stopped' }, []);
    assert.match(stopped, /: stopped\n/);
    assert.ok(!stopped.includes('Nothing is left'));
    const { text: nothing } = removalPage({ ...done, ended: 'nothing' }, [place]);
    assert.match(nothing, /^# Could not remove 2 flags: nothing was changed\n/);
  });
});

describe('lines that changed', () => {
  const lines = (...all: string[]) => all.map((one) => `${one}\n`).join('');

  it('are told in both texts, from the top', () => {
    const found = changedLines(lines('a', 'b', 'c', 'd', 'e'), lines('a', 'B', 'c', 'e', 'f'));
    assert.deepEqual(found, [
      { before: { start: 1, end: 2 }, after: { start: 1, end: 2 } },
      { before: { start: 3, end: 4 }, after: { start: 3, end: 3 } },
      { before: { start: 5, end: 5 }, after: { start: 4, end: 5 } },
    ]);
  });

  it('turn the one text into the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const [old, now] = [from, to].map((one) => one.match(/[^\n]*\n|[^\n]+$/g) ?? []);
        for (const { before, after } of changedLines(from, to).reverse())
          old!.splice(before.start, before.end - before.start, ...now!.slice(after.start, after.end));
        assert.equal(old!.join(''), to);
      }),
    );
  });
});

describe('settings', () => {
  it('take a wrong value as the default and keep the good ones', () => {
    assert.deepEqual(readSettings({ base: 'develop', problems: 'loud', enable: 3 }), {
      ...readSettings(undefined),
      base: 'develop',
    });
  });

  it('have a type, a default and a sentence each', () => {
    for (const [name, one] of Object.entries(settingProperties())) {
      assert.match(name, /^switchyard\.[\w.]+$/);
      assert.ok('default' in one && one.type, name);
      assert.match(String(one.description), /\.$/, name);
    }
  });
});

describe('crashes', () => {
  it('count as repeated when the last two lie within three minutes', () => {
    assert.equal(crashedTwice([0]), false);
    assert.equal(crashedTwice([0, 180_000]), true);
    assert.equal(crashedTwice([0, 10, 200_000]), false);
  });
});
