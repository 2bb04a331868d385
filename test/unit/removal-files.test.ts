import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { changedText } from '../../server/src/core/source-change.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

/**
 * Removals over several files, through the whole session. Under a `##` heading a block ```` ```ts src/a.ts ```` is a file,
 * ```` ```ts after src/a.ts ```` how it is afterwards; a file without one stays as it is. `Keep: key=value` names the flag;
 * `Deleted: path path` the files that go; each `Left: path: part of the reason` a place that is left, in order. The files before the
 * first heading belong to every case, and what becomes of them is not compared.
 */
const folder = new URL('../fixtures/removal-files/', import.meta.url);

describe('removal over files', () => {
  for (const file of readdirSync(folder))
    describe(file, () => {
      const [shared = '', ...parts] = readFileSync(new URL(file, folder), 'utf8').split(/^## /m);
      for (const part of parts) it(part.slice(0, part.indexOf('\n')), () => check(part, filesIn(shared)));
    });
});

/** The files of a part, before and after. */
function filesIn(part: string, after = false): Map<string, string> {
  const blocks = [...part.matchAll(/^(````?)\w+ (after )?(\S+)\n([\s\S]*?)^\1$/gm)];
  return new Map(blocks.filter(([, , is]) => (is !== undefined) === after).map(([, , , path, text]) => [path!, text!]));
}

async function check(part: string, shared: ReadonlyMap<string, string>): Promise<void> {
  const before = new Map([...shared, ...filesIn(part)]);
  const after = filesIn(part, true);
  const deleted = /^Deleted: (.*)$/m.exec(part)?.[1]?.split(' ') ?? [];
  const [, key, value] = /^Keep: (\S+)=(\S+)$/m.exec(part)!;
  const session = createSession({ host: memoryHost(before) });
  const change = await session.removeFlags([{ key: key!, keep: JSON.parse(value!) }]);
  const left = [...part.matchAll(/^Left: (\S+): (.*)$/gm)];
  const told = change.refused.map(({ path, reason }) => `${path}: ${reason}`).join('\n');
  assert.equal(change.refused.length, left.length, told);
  for (const [index, [, path, reason]] of left.entries()) {
    assert.equal(change.refused[index]!.path, path, told);
    assert.ok(change.refused[index]!.reason.includes(reason!), told);
  }
  assert.deepEqual(
    change.files.filter((one) => one.deleted).map(({ path }) => path),
    deleted,
  );
  assert.deepEqual(
    Object.fromEntries(
      change.files.filter((one) => !one.deleted && !shared.has(one.path)).map((one) => [one.path, changedText(one)]),
    ),
    Object.fromEntries([...after].sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
