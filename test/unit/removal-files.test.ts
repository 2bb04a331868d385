import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { changedText } from '../../server/src/core/source-change.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

/**
 * Removals over several files, through the whole session. Under a `##` heading a block ```` ```ts src/a.ts ```` is a file,
 * ```` ```ts after src/a.ts ```` how it is afterwards; a file without one stays as it is. `Keep: key=value` names the flag;
 * `Deleted: path path` the files that go.
 */
const folder = new URL('../fixtures/removal-files/', import.meta.url);

describe('removal over files', () => {
  for (const file of readdirSync(folder))
    for (const part of readFileSync(new URL(file, folder), 'utf8').split(/^## /m).slice(1)) {
      const title = part.slice(0, part.indexOf('\n'));
      it(`${file}: ${title}`, () => check(part));
    }
});

async function check(part: string): Promise<void> {
  const blocks = [...part.matchAll(/^```\w+ (after )?(\S+)\n([\s\S]*?)^```$/gm)];
  const before = new Map(blocks.filter(([, after]) => !after).map(([, , path, text]) => [path!, text!]));
  const after = new Map(blocks.filter(([, after]) => after).map(([, , path, text]) => [path!, text!]));
  const deleted = /^Deleted: (.*)$/m.exec(part)?.[1]?.split(' ') ?? [];
  const [, key, value] = /^Keep: (\S+)=(\S+)$/m.exec(part)!;
  const session = createSession({ host: memoryHost(before) });
  const change = await session.removeFlags([{ key: key!, keep: JSON.parse(value!) }]);
  assert.deepEqual(change.refused, []);
  assert.deepEqual(
    change.files.filter((one) => one.deleted).map(({ path }) => path),
    deleted,
  );
  assert.deepEqual(
    Object.fromEntries(change.files.filter((one) => !one.deleted).map((one) => [one.path, changedText(one)])),
    Object.fromEntries([...after].sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
