import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../../server/src/rules/registry.generated.ts';
import { check } from '../harness/check.ts';
import { parseFixture } from '../harness/fixture.ts';

const root = fileURLToPath(new URL('../fixtures/rules/', import.meta.url));

describe('rules', () => {
  for (const rule of rules) {
    describe(rule.id, () => {
      const { title, cases } = parseFixture(fs.readFileSync(path.join(root, `${rule.id}.md`), 'utf8'));

      it('has a fixture with findings and with silence', () => {
        assert.equal(title, rule.id);
        assert.ok(
          cases.some((one) => one.marks.length > 0),
          'no case has a finding',
        );
        assert.ok(
          cases.some((one) => one.marks.length === 0),
          'no case is silent',
        );
      });
      for (const one of cases) it(one.title, () => check(rule.id, one));
    });
  }
});
