import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { allFindings, open, restore, until, untouched } from './sample.ts';

describe('the server', () => {
  before(untouched);
  afterEach(restore);

  it('comes back with its findings after it was killed', async () => {
    const [before] = await until('a server process', () => nonEmpty(serverProcesses()));
    process.kill(before!, 'SIGKILL');
    const after = await until('another server process', () => serverProcesses().find((pid) => pid !== before));
    assert.notEqual(after, before);
    await untouched();
  });

  it('knows after a restart what was typed and not saved', async () => {
    const editor = await open('src/checkout/checkout.ts');
    const at = editor.document.getText().indexOf('new-chekout');
    await editor.edit((edit) => edit.insert(editor.document.positionAt(at), 'very-'));
    await vscode.commands.executeCommand('switchyard.restartServer');
    await until('the unsaved key', () =>
      vscode.languages.getDiagnostics(editor.document.uri).some((one) => one.message.includes('very-new-chekout')),
    );
  });

  it('ends when it is switched off, with its findings, and starts again', async () => {
    const settings = vscode.workspace.getConfiguration('switchyard');
    await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
    await until('no server process', () => serverProcesses().length === 0);
    await until('no findings', () => allFindings().length === 0, allFindings);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await untouched();
  });

  it('reviews this change as a page of Markdown', async () => {
    await vscode.commands.executeCommand('switchyard.reviewChange');
    const document = await until('the review', () => vscode.window.activeTextEditor?.document);
    assert.equal(document.languageId, 'markdown');
    assert.equal(document.isDirty, false);
    assert.match(document.getText(), /refunds\.ts/);
  });
});

/** Language servers of this window: children of the extension host. */
function serverProcesses(): number[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, state]) => Number(parent) === process.pid && !state?.startsWith('Z'))
    .filter((line) => line.slice(3).join(' ').includes('server.cjs'))
    .map(([pid]) => Number(pid));
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
