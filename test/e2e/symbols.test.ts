import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open, restore, textOf, until, untouched, uriOf } from './sample.ts';

const quotes = 'src/shipping/quotes.ts';
const definitions = 'flags.flagd.json';

describe('a flag is a symbol', () => {
  before(untouched);
  afterEach(restore);

  it('that a hover explains, in code and in its definition', async () => {
    for (const file of [quotes, definitions]) {
      const text = await until(`the hover in ${file}`, async () => {
        const hovers = await at<vscode.Hover[]>('vscode.executeHoverProvider', file, 'free-shipping-banner');
        const texts = hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value));
        return texts.find((one) => one.startsWith('**Flag**'));
      });
      assert.match(text, /\*\*Flag\*\* `free-shipping-banner` — true for everybody/);
      assert.match(text, /\[flags\.flagd\.json:\d+\]\(file:/);
      assert.match(text, /1 read in 1 file/);
    }
  });

  it('that leads to its definition and to its reads', async () => {
    const places = async (command: string, file: string) => {
      const found = await at<(vscode.Location | vscode.LocationLink)[]>(command, file, 'free-shipping-banner');
      return found.map((one) => {
        const [uri, range] = 'uri' in one ? [one.uri, one.range] : [one.targetUri, one.targetSelectionRange!];
        return `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`;
      });
    };
    assert.deepEqual(await places('vscode.executeDefinitionProvider', quotes), [`${definitions}:${line(definitions)}`]);
    assert.deepEqual(
      (await places('vscode.executeReferenceProvider', definitions)).sort(),
      [`${definitions}:${line(definitions)}`, `${quotes}:${line(quotes)}`].sort(),
    );
  });

  it('whose key is completed where it is read', async () => {
    const editor = await open(quotes);
    const start = editor.document.getText().indexOf('free-shipping-banner');
    const whole = rangeOf(editor.document, start, 'free-shipping-banner'.length);
    await editor.edit((edit) => edit.replace(whole, 'loy'));
    const items = await until('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uriOf(quotes),
        editor.document.positionAt(start + 3),
      );
      const own = list.items.filter(({ detail }) => detail?.match(/live|for everybody|defined/));
      return own.length > 0 ? own : undefined;
    });
    const item = items.find(({ label }) => labelOf(label) === 'loyalty-points');
    assert.ok(item, items.map(({ label }) => labelOf(label)).join());
    const range = item.range instanceof vscode.Range ? item.range : item.range!.inserting;
    assert.equal(editor.document.getText(range), 'loy');
  });

  it('that is renamed in code and definitions, and whose rename is refused where the key is taken', async () => {
    const rename = async (to: string) =>
      at<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', quotes, 'free-shipping-banner', to);
    await assert.rejects(rename('loyalty-points'), /already/);
    const edit = await rename('free-shipping-note');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(textOf(quotes), /getBooleanValue\('free-shipping-note', false\)/);
    assert.match(textOf(definitions), /"free-shipping-note": \{/);
    assert.doesNotMatch(textOf(quotes) + textOf(definitions), /free-shipping-banner/);
  });

  it('whose definition shows reads, age and its removal', async () => {
    await open(definitions);
    const titles = await until('the lenses', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uriOf(definitions),
        100,
      );
      const own = lenses.filter((one) => one.range.start.line === line(definitions) - 1);
      return own.length > 0 ? own.map(({ command }) => command?.title) : undefined;
    });
    // The command tells lenses in the order in which they were resolved.
    assert.match(titles.sort().join(', '), /^1 read, \d+ (day|month|year)s? old, Remove\.\.\.$/);
  });

  it('that the editor finds by some of its letters', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'frshban',
    );
    const own = found.filter(({ kind }) => kind === vscode.SymbolKind.Key);
    assert.deepEqual(
      own.map(({ name }) => name),
      ['free-shipping-banner'],
    );
  });
});

/** Runs a provider's command inside the first occurrence of a text. */
async function at<T>(command: string, file: string, text: string, ...more: unknown[]): Promise<T> {
  const { document } = await open(file);
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${file} holds ${text}`);
  return vscode.commands.executeCommand<T>(command, uriOf(file), document.positionAt(offset + 2), ...more);
}

/** The line of the flag in a file of the sample, counted from 1. */
function line(file: string): number {
  const text = textOf(file);
  return text.slice(0, text.indexOf('free-shipping-banner')).split('\n').length;
}

function rangeOf(document: vscode.TextDocument, start: number, length: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(start + length));
}

function labelOf(label: string | vscode.CompletionItemLabel): string {
  return typeof label === 'string' ? label : label.label;
}
