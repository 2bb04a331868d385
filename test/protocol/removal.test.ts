import assert from 'node:assert/strict';
import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { changeOutput } from '../../server/src/cli/json.ts';
import { methods, needsYourLook, type Plan } from '../../server/src/protocol/messages.ts';
import { connect, type Editor } from '../harness/connect.ts';
import { type MemoryHost, memoryHost } from '../harness/memory-host.ts';

const flagd = `{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "flags": {
    "new-checkout": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
    "fast-search": {
      "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
      "targeting": { "if": [{ "==": [{ "var": "plan" }, "pro"] }, "on", "off"] }
    },
    "layout": {
      "state": "ENABLED", "variants": { "w": "wide", "n": "narrow" }, "defaultVariant": "n",
      "targeting": { "if": [{ "==": [{ "var": "plan" }, "pro"] }, "w", "n"] }
    },
    "limits": { "state": "ENABLED", "variants": { "a": { "max": 3 } }, "defaultVariant": "a", "targeting": {} },
    "gone": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" }
  }
}
`;
const head = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
`;
const shop = `${head}
export const fast = async () => ((await client.getBooleanValue('fast-search', false)) ? 1 : 2);
export const wide = async () => (await client.getStringValue('layout', 'narrow')) === 'wide';
export const limits = () => client.getObjectValue('limits', {});
export const checkout = async () => ((await client.getBooleanValue('new-checkout', false)) ? 'new' : 'old');
export const tiles = () => client.getNumberValue('tiles', 12);
`;
const lines = { fast: 3, wide: 4, limits: 5, checkout: 6, tiles: 7 };

describe('removal in the protocol', () => {
  let editor: Editor;
  let host: MemoryHost;
  const start = async (files: Record<string, string>) => {
    host = memoryHost(new Map(Object.entries({ 'flags.json': flagd, ...files })));
    editor = await connect(host);
    await editor.request(methods.overview);
    await editor.diagnostics('src/shop.ts', () => true);
  };
  afterEach(() => editor.stop());

  const titles = async (line: number) => (await removals(line)).map((one) => one.title);
  const removals = async (line: number): Promise<CodeAction[]> => {
    for (let tries = 0; ; tries++) {
      const actions = await editor.actions('src/shop.ts', line, ['quickfix']);
      if (actions.length > 0 || tries > 20) return actions.filter((one) => /^Remove/.test(one.title));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('offers each side at a read that nothing is said of', async () => {
    await start({ 'src/shop.ts': shop });
    assert.deepEqual(await titles(lines.fast), [
      "Remove flag 'fast-search', keep on",
      "Remove flag 'fast-search', keep off",
    ]);
    assert.ok((await removals(lines.fast)).every((one) => !one.isPreferred && one.edit === undefined));
  });

  it('puts the value for everybody first, which the finding offers, and then the other side', async () => {
    await start({ 'src/shop.ts': shop });
    await editor.diagnostics('src/shop.ts', (list) => list.some((one) => one.range.start.line === lines.checkout));
    const [dead, other, none] = await removals(lines.checkout);
    assert.equal(dead?.title, "Remove dead toggle 'new-checkout', keep on");
    assert.ok(dead.isPreferred && dead.diagnostics?.length === 1);
    assert.equal(other?.title, "Remove flag 'new-checkout', keep off");
    assert.ok(!other.isPreferred);
    assert.equal(none, undefined);
  });

  it('prefers the value for everybody also where no finding speaks, as in a test', async () => {
    await start({ 'src/shop.ts': shop, 'test/shop.test.ts': shop });
    await removals(lines.checkout);
    const actions = await editor.actions('test/shop.test.ts', lines.checkout, ['quickfix']);
    assert.deepEqual(
      actions.map((one) => [one.title, one.isPreferred]),
      [
        ["Remove flag 'new-checkout', keep on", true],
        ["Remove flag 'new-checkout', keep off", false],
      ],
    );
  });

  it('names the variations of a text, and asks for any other value', async () => {
    await start({ 'src/shop.ts': shop });
    assert.deepEqual(await titles(lines.wide), [
      "Remove flag 'layout', keep 'wide'",
      "Remove flag 'layout', keep 'narrow'",
      "Remove flag 'layout', keep another value...",
    ]);
    const other = (await removals(lines.wide)).at(-1);
    assert.deepEqual(other?.command?.arguments, [{ folder: 'file:///shop', key: 'layout' }]);
  });

  it('takes the default of a number for its first value, where no definition lists any', async () => {
    await start({ 'src/shop.ts': shop });
    assert.deepEqual(await titles(lines.tiles), [
      "Remove flag 'tiles', keep 12",
      "Remove flag 'tiles', keep another value...",
    ]);
  });

  it('offers nothing for an object, in generated code, or off the line', async () => {
    await start({ 'src/shop.ts': shop, 'src/made.ts': `// @generated\n${shop}` });
    await removals(lines.fast);
    assert.deepEqual(await titles(lines.limits), []);
    assert.deepEqual(await titles(0), []);
    assert.deepEqual(await editor.actions('src/made.ts', lines.fast + 1, ['quickfix']), []);
  });

  it('resolves to annotated edits over all files', async () => {
    await start({ 'src/shop.ts': shop });
    const [on] = await removals(lines.fast);
    const { edit } = await editor.request<CodeAction>('codeAction/resolve', on);
    const found = annotated(edit!);
    assert.deepEqual([...new Set(found.map((one) => one.label))].sort(), ['Definition', 'Fold']);
    assert.ok(found.every((one) => one.description));
  });

  it('gives the plan as JSON, as the command line prints it', async () => {
    await start({ 'src/shop.ts': shop });
    const request = { folder: 'file:///shop', flags: [{ key: 'fast-search', keep: true }] };
    const plan = changeOutput.parse(JSON.parse(await editor.request<string>(methods.removalJson, request)));
    assert.equal(plan.title, "Remove flag 'fast-search', keep true");
    assert.deepEqual([plan.complete, plan.written], [true, false]);
    const groups = plan.edits.map(({ file, line, group }) => `${file}:${line} ${group}`);
    assert.ok(groups.includes(`src/shop.ts:${lines.fast + 1} fold`), groups.join());
    assert.ok(
      groups.some((one) => one.startsWith('flags.json:') && one.endsWith('definition')),
      groups.join(),
    );
  });

  it('groups a plan, tests apart, and shows a refused place as an edit that changes nothing', async () => {
    const stuck = `${head}
declare function keep(read: unknown): void;
export const later = () => client.getBooleanValue('gone', audit());
declare function audit(): boolean;
`;
    const user = `import { panel } from './panel.ts';\n${head}
export const page = async () => ((await client.getBooleanValue('gone', false)) ? 1 : panel());\n`;
    await start({
      'src/shop.ts': user,
      'src/panel.ts': 'export const panel = () => 2;\n',
      'src/panel.test.ts': "import { panel } from './panel.ts';\nit('is', () => panel());\n",
      'src/stuck.ts': stuck,
    });
    const plan = await editor.request<Plan>(methods.planRemoval, {
      folder: 'file:///shop',
      flags: [{ key: 'gone', keep: true }],
    });
    const edit = plan.edit as WorkspaceEdit;
    const found = annotated(edit);
    const looks = found.filter((one) => one.label.startsWith(needsYourLook));
    assert.equal(plan.complete, false);
    assert.deepEqual(
      looks.map((one) => one.description),
      plan.refused.map((one) => one.reason),
    );
    assert.ok(looks.every((one) => one.newText === '' && one.empty));
    const deletions = edit.documentChanges!.filter((one) => 'kind' in one && one.kind === 'delete');
    assert.deepEqual(
      deletions.map((one) => (one as { annotationId: string }).annotationId),
      [
        'Tests: deletes src/panel.test.ts: tests a file that is deleted',
        'Clean up: deletes src/panel.ts: nothing imports it any more',
      ],
    );
  });
});

function annotated({ documentChanges, changeAnnotations }: WorkspaceEdit) {
  return (documentChanges ?? [])
    .filter((one): one is TextDocumentEdit => 'textDocument' in one)
    .flatMap((one) => one.edits)
    .map((one) => {
      const { range, newText, annotationId } = one as { range: never; newText: string; annotationId: string };
      const { start, end } = range as { start: unknown; end: unknown };
      return { ...changeAnnotations![annotationId]!, newText, empty: JSON.stringify(start) === JSON.stringify(end) };
    });
}
