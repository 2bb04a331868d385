import assert from 'node:assert/strict';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { removeTempFolders, type TempFolder, tempRepository } from '../cli/temp-folder.ts';

const file = { 'a.ts': 'export const a = 1;\n' };

/** A branch off main, and the trailers that its commits since then carry, as `kind: reason`. */
function branch(): { folder: TempFolder; trailers(): Promise<string[]> } {
  const folder = tempRepository(file);
  const base = folder.git('rev-parse', 'HEAD');
  folder.git('switch', '-q', '-c', 'feature');
  return {
    folder,
    async trailers() {
      const found = await nodeHost(folder.root).git.riskTrailers(base, neverCancelled);
      return found.map(({ kind, reason }) => `${kind}: ${reason}`);
    },
  };
}

describe('trailers of commits', () => {
  let config: string | undefined;
  before(() => {
    config = process.env.GIT_CONFIG_GLOBAL;
    process.env.GIT_CONFIG_GLOBAL = '/dev/null';
  });
  after(() => {
    if (config === undefined) delete process.env.GIT_CONFIG_GLOBAL;
    else process.env.GIT_CONFIG_GLOBAL = config;
    removeTempFolders();
  });

  it('are read from every commit since the base, and from none before it', async () => {
    const { folder, trailers } = branch();
    folder.git('switch', '-q', 'main');
    folder.commit('Theirs\n\nRisk: auth - not of this change');
    folder.git('switch', '-q', 'feature');
    folder.commit('One\n\nRisk: time - the new region is slower');
    folder.commit('Two\n\nWhy it is done.\n\nRisk: errors - the caller retries');
    assert.deepEqual(await trailers(), ['errors: the caller retries', 'time: the new region is slower']);
  });

  it('may be several in one commit, among trailers of other names', async () => {
    const { folder, trailers } = branch();
    folder.commit(
      'One\n\nSigned-off-by: Ada <ada@example.com>\nRisk: time - slower\nrisk: timeout-changed - measured\nFixes: #4',
    );
    assert.deepEqual(await trailers(), ['time: slower', 'timeout-changed: measured']);
  });

  it('are read from merges, and from what was merged', async () => {
    const { folder, trailers } = branch();
    folder.git('switch', '-q', '-c', 'side');
    folder.commit('Side\n\nRisk: money - rounded by the ledger');
    folder.git('switch', '-q', 'feature');
    folder.commit('Mine');
    folder.git('merge', '-q', '--no-ff', 'side', '-m', 'Merge side\n\nRisk: contract - both callers are ours');
    assert.deepEqual((await trailers()).sort(), ['contract: both callers are ours', 'money: rounded by the ledger']);
  });

  it('keep dashes and colons of the reason', async () => {
    const { folder, trailers } = branch();
    folder.commit(
      'One\n\nRisk: cors-cookie-weakened - same-site is set by the gateway - see OPS-1: done\nRisk: auth: a colon will do\nRisk: time \u2014 a long dash, too',
    );
    assert.deepEqual(await trailers(), [
      'cors-cookie-weakened: same-site is set by the gateway - see OPS-1: done',
      'auth: a colon will do',
      'time: a long dash, too',
    ]);
  });

  it('go on over lines that are indented', async () => {
    const { folder, trailers } = branch();
    folder.commit('One\n\nRisk: time - the new region\n  is slower');
    assert.deepEqual(await trailers(), ['time: the new region is slower']);
  });

  it('without a reason have an empty one', async () => {
    const { folder, trailers } = branch();
    folder.commit('One\n\nRisk: time\nRisk: auth -');
    assert.deepEqual(await trailers(), ['time: ', 'auth: ']);
  });

  it('are none in the middle of a message', async () => {
    const { folder, trailers } = branch();
    folder.commit('One\n\nRisk: time - only told\n\nThe last paragraph has words of another kind.');
    assert.deepEqual(await trailers(), []);
  });
});
