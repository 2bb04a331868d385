import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, FixRef } from '../../server/src/core/finding.ts';
import { changedText } from '../../server/src/core/source-change.ts';
import { rules } from '../../server/src/rules/registry.generated.ts';
import { suppressionFix } from '../../server/src/session/marks-at.ts';
import { createSession } from '../../server/src/session/session.ts';
import { type FixtureCase, parseFixture } from '../harness/fixture.ts';
import { memoryHost } from '../harness/memory-host.ts';

const root = fileURLToPath(new URL('../fixtures/rules/', import.meta.url));

/** Examples a rule that are tried; all of them would say little more. */
const most = 4;

/** Applies what a fix writes, with a reason where the cursor is, and tells the verdict of the finding, and what is said of tags. */
async function written(fix: FixRef, finding: Finding, one: FixtureCase): Promise<string> {
  const host = memoryHost(one.now, one.base);
  const session = createSession({ host });
  const change = await session.fix(fix);
  const { path: file, offset } = change.cursor!;
  const text = changedText(change.files.find((each) => each.path === file)!)!;
  session.apply({
    kind: 'edited',
    path: file,
    text: `${text.slice(0, offset)}it is fine${text.slice(offset)}`,
    version: 1,
  });
  const { findings } = await session.analyse();
  const same = findings.filter((each) => each.rule === finding.rule && each.fingerprint === finding.fingerprint);
  const said = findings.filter((each) => each.rule.startsWith('tags/')).map((each) => each.message);
  return [...same.map(({ verdict }) => `${verdict?.state}: ${verdict?.by}`), ...said].join('\n');
}

describe('findings of every rule', () => {
  let total = 0;
  // Some rules find nothing here: they need more of a host than files.
  after(() => assert.ok(total >= 60, `only ${total} findings were suppressed`));

  for (const rule of rules.filter(({ id }) => !id.startsWith('tags/'))) {
    const { cases } = parseFixture(fs.readFileSync(path.join(root, `${rule.id}.md`), 'utf8'));
    const told = cases.filter((one) => one.marks.some(({ state }) => state === 'open')).slice(0, most);

    it(`${rule.id} can be suppressed${rule.group ? ' and tagged' : ''} by what a fix writes`, async () => {
      let suppressed = 0;
      let suppressible = 0;
      for (const one of told) {
        const { findings } = await createSession({ host: memoryHost(one.now, one.base) }).analyse();
        for (const finding of findings.filter((each) => each.rule === rule.id).slice(0, 1)) {
          if (/\.[cm]?[jt]sx?$/.test(finding.path)) suppressible++;
          const tag = finding.fixes.find(({ id }) => id === 'add-tag');
          if (tag) {
            const said = await written(tag, finding, one);
            assert.match(said, /^tagged: it is fine/, `${one.title}, with a tag: ${said}`);
          }
          const fix = suppressionFix(finding);
          if (!fix) continue;
          if (/\.[cm]?[jt]sx?$/.test(finding.path)) suppressed++;
          assert.equal(await written(fix, finding, one), 'suppressed: it is fine', `${one.title}, suppressed`);
        }
      }
      assert.equal(suppressed, suppressible);
      total += suppressed;
    });
  }
});
