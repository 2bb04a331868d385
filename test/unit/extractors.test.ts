import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-morph';
import { root } from '../../scripts/lib/paths.mjs';
import { bindingsOf } from '../../server/src/facts/bindings.ts';
import { auth, procedures } from '../../server/src/facts/features/auth.ts';
import { catches } from '../../server/src/facts/features/catch.ts';
import { defaults } from '../../server/src/facts/features/default.ts';
import { extractors } from '../../server/src/facts/features/extractors.ts';
import { timeouts } from '../../server/src/facts/features/timeout.ts';
import { parse, walk } from '../../server/src/facts/parse.ts';

const everywhere = [catches, timeouts, auth, procedures, defaults];
const fixtures = path.join(root, 'test/fixtures/rules');

/** The blocks of code in the fixtures of all rules. */
function* programs(): Iterable<{ path: string; text: string }> {
  for (const name of readdirSync(fixtures, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.md')) continue;
    const text = readFileSync(path.join(fixtures, name), 'utf8');
    for (const [, language, code] of text.matchAll(/^```(tsx?|jsx?)\b[^\n]*\n([\s\S]*?)^```/gm))
      yield { path: `a.${language}`, text: code! };
  }
}

describe('extractors', () => {
  it('take nothing from kinds of nodes that they do not name', function () {
    this.timeout(60_000);
    let seen = 0;
    let taken = 0;
    for (const { path, text } of programs()) {
      const file = parse(path, text);
      const at = { path, file, bindings: bindingsOf(file), skip: { has: () => false } };
      walk(file, (node) => {
        seen++;
        for (const one of extractors) {
          const found = one.take(node, at).length;
          taken += found;
          const isNamed = one.nodes.includes(node.kind);
          assert.ok(
            found === 0 || isNamed,
            `${found} of ${ts.SyntaxKind[node.kind]} in ${path}: ${node.getText(file)}`,
          );
        }
      });
    }
    assert.ok(seen > 50_000 && taken > 5_000, `looked at ${seen} nodes, took ${taken}`);
  });

  it('of what is asked everywhere find nothing in texts that do not mention it', function () {
    this.timeout(60_000);
    let seen = 0;
    for (const { path, text } of programs()) {
      const file = parse(path, text);
      const at = { path, file, bindings: bindingsOf(file), skip: { has: () => false } };
      for (const statement of file.statements) {
        const silent = everywhere.filter(({ mentions }) => !mentions.test(statement.getFullText(file)));
        walk(statement, (node) => {
          seen++;
          for (const one of silent) assert.deepEqual(one.take(node, at), [], node.getText(file));
        });
      }
    }
    assert.ok(seen > 50_000, `looked at ${seen} nodes`);
  });
});
