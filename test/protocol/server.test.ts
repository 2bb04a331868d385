import assert from 'node:assert/strict';
import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { UserError } from '../../server/src/core/user-error.ts';
import { methods, type Overview, type Plan } from '../../server/src/protocol/messages.ts';
import { connect, type Editor } from '../harness/connect.ts';
import { type MemoryHost, memoryHost } from '../harness/memory-host.ts';

const flagd = `{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "flags": {
    "new-checkout": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
    "fast-search": {
      "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
      "targeting": { "if": [{ "==": [{ "var": "plan" }, "pro"] }, "on", "off"] }
    }
  }
}
`;
const head = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
`;
const shop = `${head}export async function checkout() {
  if (await client.getBooleanValue('new-checkout', false)) return 'new';
  return 'old';
}
`;
const typo = `${head}export const on = () => client.getBooleanValue('fast-serch', false);
`;

describe('language server', () => {
  let editor: Editor;
  let host: MemoryHost;
  const start = async (files: Record<string, string>, base?: Record<string, string>, options?: unknown) => {
    host = memoryHost(new Map(Object.entries(files)), base && new Map(Object.entries(base)));
    editor = await connect(host, options);
  };
  afterEach(() => editor.stop());

  it('tells an orphaned read with code, link and fixes, and takes it back when it is mended', async () => {
    await start({ 'flags.json': flagd, 'src/a.ts': typo }, undefined, { rulePage: 'page:{rule}' });
    const [one] = await editor.diagnostics('src/a.ts', (list) => list.length === 1);
    assert.equal(one!.code, 'flags/mistyped-key');
    assert.equal(one!.codeDescription?.href, 'page:flags/mistyped-key');
    assert.equal(one!.source, 'switchyard');
    assert.match(String(one!.message), /Did you mean 'fast-search'/);
    editor.open('src/a.ts', typo);
    editor.edit('src/a.ts', typo.replace('fast-serch', 'fast-search'));
    await editor.diagnostics('src/a.ts', (list) => list.length === 0);
  });

  it('sees unsaved text, and the file on disk again when the editor closes', async () => {
    await start({ 'flags.json': flagd, 'src/a.ts': `${head}export {};\n` });
    editor.open('src/a.ts', `${head}export {};\n`);
    editor.edit('src/a.ts', typo);
    await editor.diagnostics('src/a.ts', (list) => list.length === 1);
    editor.close('src/a.ts');
    await editor.diagnostics('src/a.ts', (list) => list.length === 0);
  });

  it('follows definition files as they change on disk', async () => {
    await start({ 'flags.json': flagd, 'src/a.ts': typo });
    await editor.diagnostics('src/a.ts', (list) => list.length === 1);
    host.write('flags.json', flagd.replace('fast-search', 'fast-serch'));
    editor.touched('flags.json');
    await editor.diagnostics('src/a.ts', (list) => list.length === 0);
  });

  it('compares with the base, and keeps dead weight outside the change out of the panel', async () => {
    const base = { 'flags.json': flagd, 'src/shop.ts': shop, 'src/pay.ts': pay(5000) };
    await start({ ...base, 'src/pay.ts': pay(60000) }, base);
    const [one] = await editor.diagnostics('src/pay.ts', (list) => list.some((d) => d.code === 'risk/timeout-changed'));
    assert.ok(one);
    assert.deepEqual(editor.rules('src/shop.ts'), []);
    editor.open('src/shop.ts', shop);
    const [hint] = await editor.diagnostics('src/shop.ts', (list) => list.length === 1);
    assert.equal(hint!.severity, 4, 'a hint: not in the Problems panel, but with its fixes at its place');
    editor.configure({ problems: 'all' });
    const [info] = await editor.diagnostics('src/shop.ts', (list) => list[0]?.severity !== 4);
    assert.equal(info!.severity, 3);
  });

  it('lists fixes without edits, computes them on resolve, and refuses when the document moved on', async () => {
    await start({ 'flags.json': flagd, 'src/shop.ts': shop });
    await editor.diagnostics('src/shop.ts', (list) => list.length === 1);
    // Before the file that was opened is analysed: it is the same one.
    editor.open('src/shop.ts', shop);
    const listed = await editor.actions('src/shop.ts', 3);
    const remove = listed.find((one) => one.title.startsWith('Remove dead toggle'))!;
    assert.equal(remove.edit, undefined);
    assert.equal(remove.diagnostics?.length, 1);
    const resolved = await editor.request<CodeAction>('codeAction/resolve', remove);
    assert.deepEqual(texts(resolved.edit!), ['file:///shop/flags.json', 'file:///shop/src/shop.ts']);
    editor.edit('src/shop.ts', `// moved on\n${shop}`);
    await assert.rejects(editor.request('codeAction/resolve', remove), /changed since/);
  });

  it('applies safe fixes only with source.fixAll, and only in the file itself', async () => {
    await start({ 'flags.json': flagd, 'src/shop.ts': shop, 'src/a.ts': typo });
    await editor.diagnostics('src/shop.ts', (list) => list.length === 1);
    const [all] = await editor.actions('src/shop.ts', 0, ['source.fixAll']);
    assert.equal(all!.kind, 'source.fixAll.switchyard');
    const { edit } = await editor.request<CodeAction>('codeAction/resolve', all);
    assert.deepEqual(texts(edit!), ['file:///shop/src/shop.ts']);
    assert.deepEqual(await editor.actions('src/a.ts', 2, ['source.fixAll']), [], 'an unsafe fix is not part of it');
  });

  it('plans a clean-up over all files, with a reason on each edit and a look before it is applied', async () => {
    await start({ 'flags.json': flagd, 'src/shop.ts': shop });
    await editor.diagnostics('src/shop.ts', (list) => list.length === 1);
    const plan = await editor.request<Plan>(methods.planRemoval, {
      folder: 'file:///shop',
      flags: [{ key: 'new-checkout', keep: true }],
    });
    assert.equal(plan.complete, true);
    const { changeAnnotations, documentChanges } = plan.edit as WorkspaceEdit;
    assert.ok(Object.values(changeAnnotations!).every((one) => one.needsConfirmation && one.description !== ''));
    assert.equal(documentChanges!.length, 2);
    await assert.rejects(
      editor.request(methods.planRemoval, { folder: 'file:///shop', flags: [{ key: 'nope', keep: true }] }),
      /No flag 'nope'/,
    );
  });

  it('shows flags by health and the change by verdict', async () => {
    const base = { 'flags.json': flagd, 'src/shop.ts': shop, 'src/pay.ts': pay(5000), 'src/a.ts': typo };
    const tagged = pay(60000).replace(
      'export',
      '// @risk(time): the provider answers within a minute; owner=pay\nexport',
    );
    await start({ ...base, 'src/pay.ts': tagged }, base);
    await editor.diagnostics('src/a.ts', (list) => list.length === 1);
    const overview = await editor.request<Overview>(methods.overview);
    const flags = Object.fromEntries(overview.flags[0]!.flags.map((flag) => [flag.key, flag.health]));
    assert.deepEqual(flags, { 'fast-search': 'unused', 'fast-serch': 'orphan-read', 'new-checkout': 'constant' });
    const timeout = overview.change[0]!.files.flatMap((file) => file.findings).find(
      (one) => one.rule === 'risk/timeout-changed',
    );
    assert.equal(timeout?.verdict, 'tagged');
    assert.match(await editor.request<string>(methods.review), /## Under control\n\n- \[src\/pay\.ts:\d+\]/);
  });

  it('shows a broken policy at its place and keeps the last good one', async () => {
    const policy = '{ "rules": { "flags/mistyped-key": "off" } }';
    await start({ 'flags.json': flagd, 'src/a.ts': typo, 'switchyard.jsonc': policy });
    await until(
      async () => editor.log,
      (log) => log.some((line) => line.startsWith('analysis of shop')),
    );
    editor.open('switchyard.jsonc', policy);
    editor.edit('switchyard.jsonc', policy.replace('"off"', '"of"'));
    const [one] = await editor.diagnostics('switchyard.jsonc', (list) => list.length === 1);
    assert.equal(one!.range.start.character, policy.indexOf('"off"'));
    assert.match(String(one!.message), /last good policy/);
    assert.deepEqual(editor.rules('src/a.ts'), []);
    editor.edit('switchyard.jsonc', '{}');
    await editor.diagnostics('switchyard.jsonc', (list) => list.length === 0);
    await editor.diagnostics('src/a.ts', (list) => list.length === 1);
  });

  it('keeps the folders of a multi-root window apart', async () => {
    const one = memoryHost(
      new Map([
        ['flags.json', flagd],
        ['a.ts', typo],
      ]),
    );
    const two = memoryHost(new Map([['a.ts', typo]]));
    editor = await connect(
      new Map([
        ['file:///one', one],
        ['file:///two', two],
      ]),
    );
    await editor.diagnostics('file:///one/a.ts', (list) => list.length === 1);
    const overview = await editor.request<Overview>(methods.overview);
    assert.deepEqual(
      overview.flags.map((folder) => folder.flags.map((flag) => `${flag.key}: ${flag.health}`)),
      [['fast-search: unused', 'fast-serch: orphan-read', 'new-checkout: unused'], ['fast-serch: unknown']],
    );
    assert.deepEqual(editor.rules('file:///two/a.ts'), []);
  });

  it('says a wrong base once, in words', async () => {
    await start({ 'src/a.ts': typo });
    host.git.findBase = async (wanted) => {
      throw new UserError(`There is no branch or ref '${wanted}'.`);
    };
    editor.configure({ base: 'nope' });
    await until(
      async () => editor.messages,
      (list) => list.length > 0,
    );
    assert.deepEqual(editor.messages, ["There is no branch or ref 'nope'."]);
  });

  it('logs one line a request, with milliseconds and counts', async () => {
    await start({ 'flags.json': flagd, 'src/a.ts': typo });
    await editor.diagnostics('src/a.ts', (list) => list.length === 1);
    await editor.request(methods.overview);
    assert.ok(
      editor.log.some((line) => /^overview: [\d.]+ ms, 0 open, 3 flags$/.test(line)),
      editor.log.join('\n'),
    );
  });
});

function pay(timeout: number): string {
  return `export async function pay(card: string) {
  return fetch('https://pay.example/' + card, { signal: AbortSignal.timeout(${timeout}) });
}
`;
}

/** The files that an edit touches, sorted. */
function texts(edit: WorkspaceEdit): string[] {
  return (edit.documentChanges as TextDocumentEdit[]).map((one) => one.textDocument.uri).sort();
}

async function until<T>(ask: () => Promise<T>, test: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 8000;
  for (;;) {
    const answer = await ask();
    if (test(answer)) return answer;
    if (Date.now() > end) throw new Error(`it stayed ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
