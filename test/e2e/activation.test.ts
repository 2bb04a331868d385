import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'switchyard.switchyard';

describe('activation', () => {
  it('happens by itself on a folder with TypeScript', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not known to VS Code`);
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'src/checkout/checkout.ts');
    await vscode.window.showTextDocument(file);
    await until(() => extension.isActive, 'the extension is active');
  });

  it('offers every command that package.json promises', async () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const promised = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(promised.length > 0);
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      promised.filter((command) => !known.has(command)),
      [],
    );
  });
});

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > end) assert.fail(`within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
