import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open, restore, root, textOf, until, untouched, uriOf } from './sample.ts';

const quotes = 'src/shipping/quotes.ts';

describe('the removal of a flag', () => {
  before(untouched);
  afterEach(restore);

  it('is offered at a read without a finding, and keeps the side that was chosen', async () => {
    const file = 'src/checkout/loyalty.ts';
    const offered = await removalsAt(file, "'loyalty-points'");
    assert.deepEqual(
      offered.map((one) => one.title),
      ["Remove flag 'loyalty-points', keep on", "Remove flag 'loyalty-points', keep off"],
    );
    const [removal] = offered[1]!.command!.arguments as [object];
    assert.equal(await run('switchyard.removeFlag', { ...removal, preview: false }), true);
    assert.ok(!textOf(file).includes('loyalty-points') && !textOf('flags.flagd.json').includes('loyalty-points'));
  });

  it('gives its plan as JSON, and changes nothing', async () => {
    const before = textOf(quotes);
    const removal = { folder: root.toString(), key: 'free-shipping-banner', keep: true };
    const plan = JSON.parse((await run<string>('switchyard.copyRemovalPlan', removal)) ?? '');
    assert.deepEqual([plan.version, plan.complete, plan.written], [1, true, false]);
    assert.ok(plan.edits.some((one: { file: string; group: string }) => one.file === quotes && one.group === 'fold'));
    assert.equal(await vscode.env.clipboard.readText(), `${JSON.stringify(plan, null, 2)}\n`);
    assert.equal(textOf(quotes), before);
  });

  it('formats the lines that it changes, as one step to undo', async () => {
    const untidy = "return cents===0?'Free shipping!':'Free shipping from 50 euros';";
    const editor = await open(quotes);
    const text = editor.document.getText();
    const at = text.indexOf('return cents === 0');
    const end = text.indexOf(';', at) + 1;
    const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(end));
    await editor.edit((edit) => edit.replace(range, untidy));
    await editor.document.save();
    const definitions = textOf('flags.flagd.json');
    await until('the formatter is ready', () => formatterAnswers(editor.document));

    const removal = { folder: root.toString(), key: 'free-shipping-banner', keep: true, preview: false, format: true };
    assert.equal(await run('switchyard.removeFlag', removal), true);
    assert.match(textOf(quotes), /\{\n {2}return cents === 0 \? 'Free shipping!' : 'Free shipping from 50 euros';\n\}/);
    assert.ok(!textOf('flags.flagd.json').includes('free-shipping-banner'));

    await vscode.window.showTextDocument(editor.document);
    await run('undo');
    assert.ok(textOf(quotes).includes(untidy) && textOf(quotes).includes('free-shipping-banner'));
    assert.equal(textOf('flags.flagd.json'), definitions);
  });
});

function run<T>(command: string, argument?: unknown): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(command, argument);
}

async function removalsAt(file: string, text: string): Promise<vscode.CodeAction[]> {
  const { document } = await open(file);
  const position = document.positionAt(document.getText().indexOf(text));
  return until(`removals at ${text}`, async () => {
    const range = new vscode.Range(position, position);
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uriOf(file),
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const removals = all.filter((one) => one.command?.command === 'switchyard.removeFlag');
    return removals.length > 0 && removals;
  });
}

async function formatterAnswers(document: vscode.TextDocument): Promise<boolean> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatRangeProvider',
    document.uri,
    all,
    { tabSize: 2, insertSpaces: true },
  );
  return (edits?.length ?? 0) > 0;
}
