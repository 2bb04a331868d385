import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type BaseText, methods, type Overview } from '../../server/src/protocol/messages.ts';
import { connect, type Editor } from '../harness/connect.ts';
import { type MemoryHost, memoryHost } from '../harness/memory-host.ts';

const path = 'src/pay.ts';
const base = `export async function pay(order: Order) {
  try {
    await charge(order, { timeout: 2000 });
  } catch (error) {
    throw new PaymentFailed(order.id, error);
  }
}
`;
const now = `export async function pay(order: Order) {
  await charge(order, { timeout: 9000 });
}
`;

describe('the change in the editor', () => {
  let editor: Editor;
  let host: MemoryHost;
  const start = async (text: string, more: Record<string, string> = {}) => {
    host = memoryHost(new Map([[path, text], ...Object.entries(more)]), new Map([[path, base]]));
    editor = await connect(host);
  };
  afterEach(() => editor.stop());

  it('tells one finding a declaration, the others with it', async () => {
    await start(now);
    const [one, ...others] = await editor.diagnostics(path, (list) => list.length > 0);
    assert.deepEqual(others, []);
    assert.equal(one!.code, 'risk/catch-removed');
    const related = one!.relatedInformation!.map(({ message }) => message);
    assert.match(related[0]!, /^The catch that stood here\ncatch \(error\)/);
    assert.ok(related.some((message) => message.startsWith('Also here: The timeout of')));
    const { change } = await editor.request<Overview>(methods.overview);
    assert.equal(change[0]!.verdict!.state, 'needs-a-look');
    assert.deepEqual(
      change[0]!.files[0]!.findings.map(({ rule, part, beneath }) => [rule, part, beneath.map((at) => at.rule)]),
      [['risk/catch-removed', 'Errors and time', ['risk/timeout-changed']]],
    );
  });

  it('shows what stood there on hover', async () => {
    await start(now);
    await editor.diagnostics(path, (list) => list.length > 0);
    const hover = await editor.request<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri: editor.uri(path) },
      position: { line: 1, character: 10 },
    });
    assert.match(hover.contents.value, /^The catch that stood here:\n\n```ts\ncatch \(error\) \{\n/);
  });

  it('is weighed by the critical paths of the policy', async () => {
    const policy = { risk: { criticalPaths: ['src/pay*'], owners: { 'src/**': '@acme/pay' } } };
    await start(now, { 'switchyard.jsonc': JSON.stringify(policy) });
    const [one] = await editor.diagnostics(path, (list) => list.length > 0);
    assert.equal(one!.severity, 1);
    const { change } = await editor.request<Overview>(methods.overview);
    const [finding] = change[0]!.files.find((file) => file.path === path)!.findings;
    assert.equal(finding!.weight, '2 (warning) x 2 on a critical path (src/pay*) = 4');
    assert.equal(finding!.owner, '@acme/pay');
    assert.equal(change[0]!.verdict!.state, 'not-ready');
    assert.match(
      await editor.request<string>(methods.review, { plain: true }),
      /\*\*Not ready\.\*\*[\s\S]*`src\/pay\.ts:\d+`/,
    );
  });

  it('is told at once where the file is saved, and while somebody types when it stood for two analyses', async () => {
    await start(base);
    editor.open(path, base);
    const told: string[][] = [];
    const note = (list: readonly Diagnostic[]) => {
      told.push(list.map(({ code }) => String(code)));
      return false;
    };
    const watching = editor.diagnostics(path, note);
    watching.catch(() => undefined);
    // Half typed, and whole again before anything stood twice.
    editor.edit(path, now);
    await analyses(1);
    editor.edit(path, base.replace('2000', '2_000'));
    await analyses(1);
    assert.deepEqual(told.flat(), []);
    editor.edit(path, now);
    await editor.diagnostics(path, (list) => list.length === 1);
    host.write(path, now);
    editor.touched(path);
    editor.edit(path, base);
    host.write(path, base);
    await editor.diagnostics(path, (list) => list.length === 0);
  });

  it('is compared with its base at the place of a finding', async () => {
    await start(now);
    await editor.diagnostics(path, (list) => list.length > 0);
    const actions = await editor.actions(path, 1);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        "Restore 'catch (error) { ...'",
        'Wrap in flag...',
        'Add delivery tag @risk(errors)',
        "Create test for 'pay'",
        "Restore 'timeout: 2000'",
        'Add delivery tag @risk(time)',
        'Compare with base',
        'Suppress risk/catch-removed here, with a reason',
        'Suppress risk/timeout-changed here, with a reason',
      ],
    );
    assert.equal(
      actions.find(({ title }) => title.startsWith('Compare'))!.command!.command,
      'switchyard.compareWithBase',
    );
    const answer = await editor.request<BaseText>(methods.baseText, { uri: editor.uri(path) });
    assert.deepEqual(answer, { path, base: 'merge base with main', text: base });
    await assert.rejects(
      editor.request(methods.baseText, { uri: editor.uri('src/other.ts') }),
      /as it was at the merge base/,
    );
  });

  /** Waits until the log tells so many more analyses. */
  async function analyses(more: number): Promise<void> {
    const count = () => editor.log.filter((line) => line.startsWith('analysis of')).length;
    const until = count() + more;
    for (let i = 0; count() < until; i++) {
      assert.ok(i < 500, 'no analysis within 5 s');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
});
