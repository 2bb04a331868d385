import assert from 'node:assert/strict';
import type {
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  Hover,
  InlayHint,
  Location,
  Range,
  TextDocumentEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { LineMap } from '../../server/src/core/text.ts';
import { connect, type Editor } from '../harness/connect.ts';
import { memoryHost } from '../harness/memory-host.ts';

const flagd = `{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "flags": {
    "new-checkout": {
      "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on",
      "metadata": { "owner": "shop", "created": "2025-11-15", "expires": "2025-12-31" }
    },
    "theme": {
      "state": "ENABLED", "variants": { "dark": "dark", "light": "light" }, "defaultVariant": "light",
      "targeting": { "if": [true, "dark", "light"] }
    },
    "idle": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" }
  }
}
`;
const head = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
`;
const keys = `export const FLAGS = { checkout: 'new-checkout' } as const;
export const THEME = 'theme';
`;
const shop = `${head}import { FLAGS, THEME } from './keys';
export const direct = () => client.getBooleanValue('new-checkout', false);
export const named = () => client.getBooleanValue(FLAGS.checkout, false);
export const theme = () => client.getStringValue(THEME, 'light');
export const text = 'new-checkout';
`;
const test = `${head}it('is on', () => client.getBooleanValue('new-checkout', false));
`;
const files = { 'flags.json': flagd, 'src/keys.ts': keys, 'src/shop.ts': shop, 'src/shop.test.ts': test };

describe('language server: a flag is a symbol', () => {
  let editor: Editor;
  let texts: Record<string, string>;
  const start = async (given: Record<string, string>, options?: unknown, capabilities?: { workspace: object }) => {
    texts = given;
    editor = await connect(memoryHost(new Map(Object.entries(given))), options, capabilities);
  };
  /** Asks at the `nth` occurrence of some text in a file, `into` characters into it. */
  const ask = <T>(method: string, path: string, text: string, extra = {}, into = 1, nth = 0) => {
    let at = -1;
    for (let i = 0; i <= nth; i++) at = texts[path]!.indexOf(text, at + 1);
    assert.ok(at >= 0, `${path} holds ${text}`);
    const { line, column } = new LineMap(texts[path]!).position(at + into);
    return editor.request<T>(method, {
      textDocument: { uri: editor.uri(path) },
      position: { line, character: column },
      ...extra,
    });
  };
  /** `path:line text` of places. */
  const said = (uri: string, { start, end }: Range) => {
    const path = uri.replace('file:///shop/', '');
    const lines = new LineMap(texts[path]!);
    const offset = (at: Range['start']) => lines.offset({ line: at.line, column: at.character });
    return `${path}:${start.line + 1} ${texts[path]!.slice(offset(start), offset(end))}`;
  };
  const places = (list: readonly Location[] | null) => (list ?? []).map(({ uri, range }) => said(uri, range));
  afterEach(() => editor.stop());

  const everywhere = [
    'flags.json:4 new-checkout',
    'src/keys.ts:1 new-checkout',
    'src/shop.test.ts:3 new-checkout',
    'src/shop.ts:4 new-checkout',
    'src/shop.ts:5 FLAGS.checkout',
  ];

  it('hovers tell state, life, reads and definitions, on every role', async () => {
    await start({ ...files, 'switchyard.jsonc': '{ "flags": { "links": "https://flags.example/{key}" } }' });
    const hover = await ask<Hover>('textDocument/hover', 'src/shop.ts', "'new-checkout'", {}, 5);
    const { value } = hover.contents as { value: string };
    assert.equal(
      value,
      [
        '**Flag** `new-checkout` — true for everybody, boolean',
        'flagd: enabled, no targeting',
        'owner shop · created 2025-11-15 (2 months ago) · **expired 2025-12-31**',
        '3 reads in 2 files, 1 in tests: [src/shop.test.ts:3](file:///shop/src/shop.test.ts#L3)',
        'Defined in [flags.json:4](file:///shop/flags.json#L4), [src/keys.ts:1](file:///shop/src/keys.ts#L1)',
        'Removing it touches 5 places in 4 files, and what becomes unused there.',
        '[Open its page](https://flags.example/new-checkout)',
      ].join('\n\n'),
    );
    assert.equal(said('file:///shop/src/shop.ts', hover.range!), 'src/shop.ts:4 new-checkout');
    const same = async (path: string, text: string, shown: string) => {
      const one = await ask<Hover>('textDocument/hover', path, text);
      assert.deepEqual(one.contents, hover.contents);
      assert.equal(said(`file:///shop/${path}`, one.range!), shown);
    };
    await same('src/shop.ts', 'FLAGS.checkout', 'src/shop.ts:5 FLAGS.checkout');
    await same('src/keys.ts', "'new-checkout'", 'src/keys.ts:1 new-checkout');
    await same('flags.json', '"new-checkout"', 'flags.json:4 new-checkout');
    await same('src/keys.ts', 'checkout:', 'src/keys.ts:1 checkout');
    const constant = await ask<Hover>('textDocument/hover', 'src/keys.ts', "'theme'");
    assert.match((constant.contents as { value: string }).value, /^\*\*Flag\*\* `theme` — live, string/);
    assert.equal(await ask('textDocument/hover', 'src/shop.ts', "'new-checkout';"), null, 'a text is no symbol');
    assert.equal(await ask('textDocument/hover', 'src/shop.ts', 'getBooleanValue'), null);
  });

  it('goes to definitions and to the registry', async () => {
    await start(files);
    for (const text of ["'new-checkout'", 'FLAGS.checkout'])
      assert.deepEqual(places(await ask('textDocument/definition', 'src/shop.ts', text)), [
        'flags.json:4 new-checkout',
        'src/keys.ts:1 new-checkout',
      ]);
    assert.deepEqual(places(await ask('textDocument/typeDefinition', 'src/shop.ts', "'new-checkout'")), [
      'src/keys.ts:1 new-checkout',
    ]);
    assert.equal(await ask('textDocument/typeDefinition', 'src/shop.ts', 'THEME,'), null);
  });

  it('finds references from every role, with exact ranges', async () => {
    await start(files);
    const context = { context: { includeDeclaration: true } };
    for (const [path, text] of [
      ['src/shop.ts', "'new-checkout'"],
      ['src/shop.ts', 'FLAGS.checkout'],
      ['src/keys.ts', "'new-checkout'"],
      ['flags.json', '"new-checkout"'],
      ['src/shop.test.ts', "'new-checkout'"],
    ] as const)
      assert.deepEqual(places(await ask('textDocument/references', path, text, context)), everywhere);
    const without = { context: { includeDeclaration: false } };
    assert.deepEqual(places(await ask('textDocument/references', 'flags.json', '"new-checkout"', without)), [
      'src/shop.test.ts:3 new-checkout',
      'src/shop.ts:4 new-checkout',
      'src/shop.ts:5 FLAGS.checkout',
    ]);
    assert.deepEqual(places(await ask('textDocument/references', 'src/keys.ts', "'theme'", context)), [
      'flags.json:8 theme',
      'src/keys.ts:2 theme',
      'src/shop.ts:6 THEME',
    ]);
    const marks = await ask<DocumentHighlight[]>('textDocument/documentHighlight', 'src/shop.ts', 'FLAGS.checkout');
    assert.deepEqual(
      marks.map(({ range }) => said('file:///shop/src/shop.ts', range)),
      ['src/shop.ts:4 new-checkout', 'src/shop.ts:5 FLAGS.checkout'],
    );
  });

  it('completes keys in a literal that is being typed, whatever the rest of the file looks like', async () => {
    await start({ ...files, 'src/new.ts': `${head}export const on = () => client.getBooleanValue('', false);\n` });
    const labels = (list: CompletionItem[] | null) => (list ?? []).map(({ label }) => label).sort();
    const all = ['idle', 'new-checkout', 'theme'];
    const items = await ask<CompletionItem[]>('textDocument/completion', 'src/new.ts', "''");
    assert.deepEqual(labels(items), all);
    const item = items.find(({ label }) => label === 'new-checkout')!;
    assert.deepEqual((item.textEdit as { range: Range }).range.start, (item.textEdit as { range: Range }).range.end);
    const resolved = await editor.request<CompletionItem>('completionItem/resolve', item);
    assert.match((resolved.documentation as { value: string }).value, /Flag\*\* `new-checkout`/);

    const type = (text: string) => {
      texts = { ...texts, 'src/new.ts': text };
      editor.edit('src/new.ts', text);
    };
    editor.open('src/new.ts', texts['src/new.ts']!);
    type(`${head}export const on = () => client.getBooleanValue('new-ch', false);\nfunction (`);
    const typed = await ask<CompletionItem[]>('textDocument/completion', 'src/new.ts', "'new-ch'", {}, 7);
    assert.deepEqual(labels(typed), all);
    assert.equal(
      said('file:///shop/src/new.ts', (typed[0]!.textEdit as { range: Range }).range),
      'src/new.ts:3 new-ch',
    );
    type(`${head}export const on = () => client.getBooleanValue('new-`);
    const open = await ask<CompletionItem[]>('textDocument/completion', 'src/new.ts', "'new-", {}, 5);
    assert.deepEqual(labels(open), all);
    assert.equal(said('file:///shop/src/new.ts', (open[0]!.textEdit as { range: Range }).range), 'src/new.ts:3 new-');
    type(`${head}export const on = () => client.getBooleanValue('idle', false), other = '';\n`);
    assert.equal(await ask('textDocument/completion', 'src/new.ts', "'';"), null);
  });

  it('completes members of records, as the record spells them', async () => {
    const react = `import { useFlags } from 'launchdarkly-react-client-sdk';\n`;
    await start({
      ...files,
      'src/A.tsx': `${react}export function A() {\n  const flags = useFlags();\n  return flags.;\n}\n`,
    });
    const labels = (list: CompletionItem[] | null) => (list ?? []).map(({ label }) => label).sort();
    const all = ['idle', 'newCheckout', 'theme'];
    assert.deepEqual(labels(await ask('textDocument/completion', 'src/A.tsx', 'flags.;', {}, 6)), all);
    const type = (text: string) => {
      texts = { ...texts, 'src/A.tsx': text };
      editor.edit('src/A.tsx', text);
    };
    editor.open('src/A.tsx', texts['src/A.tsx']!);
    for (const [line, at] of [
      ['const { } = useFlags();', '{ }'],
      ['const { theme, } = useFlags();', ', }'],
      ['const { theme, ne } = useFlags();', 'ne }'],
      ['return useFlags().', ').'],
      ['return useFlags().ne;', '.ne'],
    ] as const) {
      type(`${react}export function A() {\n  ${line}\n}\n`);
      const items = await ask<CompletionItem[]>('textDocument/completion', 'src/A.tsx', at, {}, 2);
      assert.deepEqual(labels(items), all, line);
    }
  });

  it('completes keys that are read where definitions are written, and all keys in the policy', async () => {
    const read = `${head}export const on = () => client.getBooleanValue('brand-new', false);\n`;
    const policy = '{ "flags": { "lifecycle": { "": {} } } }';
    const opened = flagd.replace('"idle":', '"": {}, "idle":');
    await start({ ...files, 'flags.json': opened, 'src/b.ts': read, 'switchyard.jsonc': policy });
    const labels = (list: CompletionItem[] | null) => (list ?? []).map(({ label }) => label).sort();
    assert.deepEqual(labels(await ask('textDocument/completion', 'flags.json', '"": {}')), ['brand-new']);
    assert.deepEqual(labels(await ask('textDocument/completion', 'flags.json', '"variants"')), []);
    assert.deepEqual(labels(await ask('textDocument/completion', 'switchyard.jsonc', '""')), [
      'brand-new',
      'idle',
      'new-checkout',
      'theme',
    ]);
  });

  it('completes variations where a flag is compared', async () => {
    const compared = `${head}export async function mode() {
  return (await client.getStringValue('theme', 'light')) === '';
}
`;
    await start({ ...files, 'src/mode.ts': compared });
    const items = await ask<CompletionItem[] | null>('textDocument/completion', 'src/mode.ts', "'';");
    assert.deepEqual((items ?? []).map(({ label }) => label).sort(), ['dark', 'light']);
  });

  it('shows reads, age and removal over definitions, unless that is off', async () => {
    await start(files);
    const lenses = async (path: string) => {
      const list = await editor.request<CodeLens[] | null>('textDocument/codeLens', {
        textDocument: { uri: editor.uri(path) },
      });
      return (
        list && Promise.all(list.map((one) => (one.command ? one : editor.request<CodeLens>('codeLens/resolve', one))))
      );
    };
    const shown = async (path: string) =>
      ((await lenses(path)) ?? []).map(({ range, command }) => `${range.start.line + 1} ${command!.title}`);
    assert.deepEqual(await shown('flags.json'), [
      '4 3 reads',
      '4 expired 2025-12-31',
      '4 Remove...',
      '8 1 read',
      '8 Remove...',
      '12 no reads',
      '12 Remove...',
    ]);
    assert.deepEqual(await shown('src/keys.ts'), ['1 3 reads', '1 expired 2025-12-31', '1 Remove...']);
    const [reads] = (await lenses('flags.json'))!;
    assert.equal(reads!.command!.command, 'switchyard.showReads');
    assert.deepEqual(places(reads!.command!.arguments![2] as Location[]), [
      'src/shop.test.ts:3 new-checkout',
      'src/shop.ts:4 new-checkout',
      'src/shop.ts:5 FLAGS.checkout',
    ]);
    editor.configure({ codeLens: false });
    assert.equal(await lenses('flags.json'), null);
  });

  it('shows the value of constant flags as inlay hints, when they are on', async () => {
    await start(files);
    const hints = () =>
      editor.request<InlayHint[] | null>('textDocument/inlayHint', {
        textDocument: { uri: editor.uri('src/shop.ts') },
        range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      });
    assert.equal(await hints(), null);
    editor.configure({ inlayHints: true });
    assert.deepEqual(
      (await hints())!.map(({ position, label }) => `${position.line + 1}:${position.character} ${label}`),
      ['4:65 = true', '5:64 = true'],
    );
  });

  it('finds flags by some of their letters', async () => {
    await start(files);
    const names = async (query: string) =>
      (await editor.request<WorkspaceSymbol[]>('workspace/symbol', { query })).map(({ name }) => name);
    assert.deepEqual(await names('nchk'), ['new-checkout']);
    assert.deepEqual(await names('ID'), ['idle']);
    assert.deepEqual(await names(''), ['idle', 'new-checkout', 'theme']);
    assert.deepEqual(await names('zz'), []);
  });

  it('links definitions to pages where the policy says how', async () => {
    const policy = '{ "flags": { "links": "https://flags.example/{key}/edit" } }';
    await start({ ...files, 'switchyard.jsonc': policy });
    const uri = editor.uri('flags.json');
    const links = await editor.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    assert.deepEqual(
      links.map(({ range, target }) => `${said(uri, range)} ${target}`),
      [
        'flags.json:4 new-checkout https://flags.example/new-checkout/edit',
        'flags.json:8 theme https://flags.example/theme/edit',
        'flags.json:12 idle https://flags.example/idle/edit',
      ],
    );
  });

  it('renames a key from every place where it is written, and leaves names to their language', async () => {
    await start(files);
    const prepared = (path: string, text: string) =>
      ask<{ range: Range; placeholder: string } | null>('textDocument/prepareRename', path, text);
    for (const [path, text] of [
      ['src/shop.ts', "'new-checkout'"],
      ['src/keys.ts', "'new-checkout'"],
      ['flags.json', '"new-checkout"'],
    ] as const) {
      const one = await prepared(path, text);
      assert.equal(one?.placeholder, 'new-checkout');
      assert.match(said(`file:///shop/${path}`, one!.range), / new-checkout$/);
      const edit = await ask<WorkspaceEdit>('textDocument/rename', path, text, { newName: 'next' });
      assert.deepEqual(
        Object.entries(edit.changes!)
          .flatMap(([uri, list]) => list.map(({ range, newText }) => `${said(uri, range)} -> ${newText}`))
          .sort(),
        everywhere.slice(0, 4).map((place) => `${place} -> next`),
      );
    }
    assert.equal(await prepared('src/shop.ts', 'FLAGS.checkout'), null);
    assert.equal(await prepared('src/shop.ts', "'new-checkout';"), null);
    assert.equal(await prepared('src/keys.ts', 'THEME'), null);
    const taken = ask('textDocument/rename', 'flags.json', '"new-checkout"', { newName: 'idle' });
    await assert.rejects(taken, /There is a flag 'idle' already/);
  });

  it('offers texts that are no read unticked, where the editor can show that', async () => {
    await start(files, {}, { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } });
    const { documentChanges, changeAnnotations } = await ask<WorkspaceEdit>(
      'textDocument/rename',
      'flags.json',
      '"new-checkout"',
      { newName: 'next' },
    );
    const edits = (documentChanges as TextDocumentEdit[]).flatMap(({ textDocument, edits }) =>
      edits.map((edit) => {
        const { needsConfirmation } = changeAnnotations![(edit as { annotationId: string }).annotationId]!;
        return `${said(textDocument.uri, (edit as { range: Range }).range)}${needsConfirmation ? ' ?' : ''}`;
      }),
    );
    assert.deepEqual(edits.sort(), [...everywhere.slice(0, 4), 'src/shop.ts:7 new-checkout ?'].sort());
  });

  it('says why a key cannot be renamed before a new one is typed', async () => {
    const any = `${head}export const any = (req) => client.getBooleanValue(req.query.key, false);\n`;
    await start({ ...files, 'src/any.ts': any });
    await assert.rejects(
      ask('textDocument/prepareRename', 'flags.json', '"new-checkout"'),
      /may be of this flag: src\/any\.ts:3\./,
    );
  });
});
