import assert from 'node:assert/strict';
import type { CodeAction, CompletionItem, Hover, TextEdit } from 'vscode-languageserver/node';
import { LineMap } from '../../server/src/core/text.ts';
import { methods, type Overview } from '../../server/src/protocol/messages.ts';
import { connect, type Editor } from '../harness/connect.ts';
import { memoryHost } from '../harness/memory-host.ts';

const path = 'src/client.ts';
const base = 'export async function load(url: string) {\n  return fetch(url, { timeout: 2000 });\n}\n';
const now = (comment: string) => base.replace('2000', '4000').replace('  return', `  ${comment}\n  return`);

/** An editor on a change of a timeout, and the place of `|` in the text. */
async function opened(marked: string, policy: object = {}): Promise<{ editor: Editor; text: string; at: object }> {
  const text = marked.replace('|', '');
  const host = memoryHost(
    new Map([
      [path, text],
      ['switchyard.jsonc', JSON.stringify(policy)],
    ]),
    new Map([[path, base]]),
  );
  const editor = await connect(host);
  const { line, column } = new LineMap(text).position(Math.max(marked.indexOf('|'), 0));
  return { editor, text, at: { textDocument: { uri: editor.uri(path) }, position: { line, character: column } } };
}

/** The comment's line after each item, in the order of an editor. */
async function completed(comment: string, policy: object = {}, trigger?: string): Promise<string[]> {
  const { editor, text, at } = await opened(now(comment), policy);
  const context = trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger };
  const items = await editor.request<CompletionItem[] | null>('textDocument/completion', { ...at, context });
  await editor.stop();
  const lines = new LineMap(text);
  const offset = (one: { line: number; character: number }) => lines.offset({ line: one.line, column: one.character });
  return (items ?? [])
    .sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1))
    .map(({ textEdit }) => {
      const { range, newText } = textEdit as TextEdit;
      return (text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end))).split('\n')[1]!.trim();
    });
}

describe('completion in delivery tags', () => {
  it('offers kinds, those that findings of the file have first', async () => {
    const all = await completed('// @risk(|');
    assert.deepEqual(
      all.slice(0, 2),
      ['// @risk(time): ', '// @risk(timeout-changed): '].map((one) => one.trim()),
    );
    assert.ok(all.includes('// @risk(auth):') && all.includes('// @risk(catch-removed):'), all.join('\n'));
    assert.ok(!all.some((one) => one.includes('undefined-read')), 'rules about flags are no risks');
  });

  it('closes a kind once, and leaves what follows', async () => {
    assert.equal((await completed('// @risk(ti|)', {}, '('))[0], '// @risk(time):');
    assert.equal((await completed('// @risk(ti|): measured'))[0], '// @risk(time): measured');
    assert.equal((await completed('/* @risk(| */'))[0], '/* @risk(time):  */');
  });

  it('offers the fields that are not there yet, with a date and the owner of the file', async () => {
    const policy = { risk: { owners: { 'src/**': '@acme/web' } } };
    assert.deepEqual(await completed('// @risk(time): measured; ticket=OPS-1 |', policy), [
      '// @risk(time): measured; ticket=OPS-1 owner=@acme/web',
      '// @risk(time): measured; ticket=OPS-1 until=2026-04-15',
      '// @risk(time): measured; ticket=OPS-1 reviewer=',
      '// @risk(time): measured; ticket=OPS-1 link=',
    ]);
    assert.equal((await completed('// @risk(time): measured;|', {}, ';')).length, 5);
  });

  it('offers dates', async () => {
    assert.deepEqual(await completed('// @risk(time): measured; until=2026|'), [
      '// @risk(time): measured; until=2026-04-15',
      '// @risk(time): measured; until=2026-02-14',
      '// @risk(time): measured; until=2026-07-14',
    ]);
  });

  it('offers rules in a suppression', async () => {
    assert.equal((await completed('// switchyard-ignore |'))[0], '// switchyard-ignore risk/timeout-changed');
    assert.ok(
      (await completed('// switchyard-ignore catch-removed, fl|: why')).includes(
        '// switchyard-ignore catch-removed, flags/stale: why',
      ),
    );
  });

  it('offers nothing in code, in strings, or where one is only spoken of', async () => {
    assert.deepEqual(await completed("const a = '// @risk(|';"), []);
    assert.deepEqual(await completed('// `@risk(|`'), []);
    assert.deepEqual(await completed('run(|', {}, '('), []);
    assert.deepEqual(await completed('run();|', {}, ';'), []);
  });
});

describe('hover on delivery tags and suppressions', () => {
  async function hover(comment: string): Promise<string | undefined> {
    const { editor, at } = await opened(now(comment));
    const found = await editor.request<Hover | null>('textDocument/hover', at);
    await editor.stop();
    return (found?.contents as { value: string } | undefined)?.value;
  }

  it('says what a tag is about, why, for how long, and what it accounts for', async () => {
    assert.equal(
      await hover('// @ri|sk(time): the new region is slower; owner=web until=2026-01-25 ticket=OPS-1'),
      [
        '**Delivery tag** `time` \u2014 timeouts, retries, concurrency',
        'the new region is slower',
        'until 2026-01-25, 10 days left \u00b7 owner web \u00b7 ticket OPS-1',
        'Accounts for:',
        "- line 3: The timeout of 'fetch' went from 2000 to 4000: a dependency that hangs now holds its caller longer. (`risk/timeout-changed`)",
      ].join('\n\n'),
    );
  });

  it('says when it accounts for nothing', async () => {
    const past = await hover('// @risk(time): slow|er; until=2026-01-14');
    assert.match(
      past ?? '',
      /ended on 2026-01-14, 1 day ago: it accounts for nothing any more\n\nAccounts for nothing/,
    );
    assert.match((await hover('// @risk(ti|me)')) ?? '', /\*No reason: it accounts for nothing\.\*/);
    assert.match((await hover('// @risk(wea|ther): rain')) ?? '', /`weather` \u2014 no risk is called so/);
    assert.match((await hover('// @risk(time): a; until=so|on')) ?? '', /until soon, which is no date/);
  });

  it('says what a suppression silences', async () => {
    assert.match(
      (await hover('// switchyard-ig|nore risk/timeout-changed: frames')) ?? '',
      /^\*\*Suppression\*\* here of `risk\/timeout-changed` \(Timeout changed or removed\)\n\nframes\n\nSilences:\n\n- line 3: The timeout/,
    );
  });
});

describe('suppressions in the editor', () => {
  it('are offered last, and written with the cursor in the reason', async () => {
    const { editor } = await opened(base.replace('2000', '4000'));
    await editor.diagnostics(path, (list) => list.some((one) => one.code === 'risk/timeout-changed'));
    const actions = await editor.actions(path, 1);
    const last = actions.at(-1)!;
    assert.equal(last.title, 'Suppress risk/timeout-changed here, with a reason');
    assert.ok(!last.isPreferred && actions.length > 1);
    const { edit, command } = await editor.request<CodeAction>('codeAction/resolve', last);
    assert.match(JSON.stringify(edit), / {2}\/\/ switchyard-ignore risk\/timeout-changed: \\n/);
    assert.equal(command?.command, 'switchyard.reveal');
    await editor.stop();
  });

  it('are listed in the view and in the review, and are no problems', async () => {
    const { editor } = await opened(now('// switchyard-ignore risk/timeout-changed: it counts frames'));
    const { change } = await editor.request<Overview>(methods.overview);
    const found = change[0]!.files.flatMap(({ findings }) => findings);
    assert.deepEqual(
      found.map(({ rule, verdict, by }) => [rule, verdict, by]),
      [
        ['risk/timeout-changed', 'suppressed', 'it counts frames'],
        ['tests/untested-change', 'open', undefined],
      ].filter(([rule]) => found.some((one) => one.rule === rule)),
    );
    const review = await editor.request<string>(methods.review);
    assert.match(review, /## Suppressed\n\n- .*\*suppressed: it counts frames\* \(`risk\/timeout-changed`\)/);
    await editor.diagnostics(path, (list) => !list.some((one) => one.code === 'risk/timeout-changed'));
    editor.open(path, now('// @risk(time)'));
    await editor.diagnostics(path, (list) => list.some((one) => one.code === 'tags/no-reason'));
    assert.match(
      await editor.request<string>(methods.review),
      /## Tags and suppressions that count for nothing\n\n- .*This tag gives no reason/,
    );
    await editor.stop();
  });
});
