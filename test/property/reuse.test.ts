import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeFacts, Declaration } from '../../server/src/facts/change-facts.ts';
import { takeChangeFacts } from '../../server/src/facts/declarations.ts';
import { sameIn } from '../../server/src/facts/same.ts';

const parts = [
  "import { get } from './get';",
  'const LIMIT = 3000;',
  'let count = 0;',
  'export const load = async (id: string, retries = 2) => {\n  const on = get(id);\n  if (on) return get(id, { timeout: LIMIT });\n  return 1;\n};',
  'export const LOAD = { timeout: 500, of(id: string) { if (!id) throw new Error("403"); return id ?? "none"; } };',
  'export class Cart {\n  limit = 5;\n  constructor(private readonly store: Store) {}\n  total(tax = 0.2) {\n    try { return this.store.sum() * tax; } catch { return 0; }\n  }\n  @Authorized() clear() { count = LIMIT; return this.limit; }\n}',
  "app.get('/orders', requireAuth, async (request, response) => {\n  if (!request.user.admin) return response.status(403).end();\n  response.json(await load(request.id));\n});",
  'function total() {\n  function inner(a = 1) { return a ? count : 2; }\n  return inner();\n}',
  'function total() {\n  return setTimeout(total, LIMIT);\n}',
  'export default function () { return fetch("/", { signal: AbortSignal.timeout(LIMIT) }).catch(() => undefined); }',
];

/** Text that is typed somewhere, whole or not. */
const typed = fc.constantFrom(
  '',
  ' ',
  '\n',
  'x',
  '1',
  '// note\n',
  ' = true',
  '{',
  '}',
  'LIMIT',
  'if (a) b();',
  'const LIMIT = 4;',
);

describe('what is compared of a text', () => {
  it('changes with what a parser skips between statements', () => {
    const load = 'export const load = () => AbortSignal.timeout(LIMIT);\n';
    const whole = takeChangeFacts('a.ts', `const LIMIT = 4;\n${load}`);
    const broken = `c}onst LIMIT = 4;\n${load}`;
    assert.deepEqual(all(takeChangeFacts('a.ts', broken, whole)), all(takeChangeFacts('b.ts', broken)));
  });

  it('tells no place outside of the text where a `finally` is still to be typed', () => {
    const { declarations } = takeChangeFacts('a.ts', 'function f() {\n  try { return clear(); }\n}\n');
    assert.deepEqual(
      declarations.flatMap((one) => one.features.filter(({ kind }) => kind === 'cleanup')),
      [],
    );
  });

  it('does not depend on what was told of an earlier text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 6 }),
        fc.array(fc.record({ at: fc.nat(1200), drop: fc.nat(3), asked: fc.boolean(), text: typed }), {
          minLength: 1,
          maxLength: 6,
        }),
        (chosen, edits) => {
          let text = `${chosen.join('\n\n')}\n`;
          let facts = takeChangeFacts('a.ts', text);
          const told = [{ text, facts }];
          for (const { at, drop, asked, text: more } of edits) {
            // What nobody asked for is told later, of another text than what was.
            for (const one of asked ? facts.declarations : [])
              assert.equal(typeof one.normal, typeof one.branches === 'number' ? 'string' : '');
            const from = at % (text.length + 1);
            text = text.slice(0, from) + more + text.slice(from + drop);
            facts = takeChangeFacts('a.ts', text, facts);
            told.push({ text, facts });
          }
          // Under another name each, so that no earlier tree is at hand.
          for (const [index, one] of told.entries())
            assert.deepEqual(all(one.facts), all(takeChangeFacts(`b${index}.ts`, one.text)));
        },
      ),
      { numRuns: Number(process.env.SWITCHYARD_RUNS ?? 300) },
    );
  });

  it('calls no declaration the same that behaves otherwise', () => {
    let untouched = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom(...parts), { maxLength: 2 }),
        fc.record({ at: fc.nat(1200), drop: fc.nat(12), text: typed }),
        (chosen, added, { at, drop, text: more }) => {
          const before = `${chosen.join('\n\n')}\n`;
          const from = at % (before.length + 1);
          const after = `${added.join('\n\n')}\n${before.slice(0, from)}${more}${before.slice(from + drop)}`;
          const [base, now] = [takeChangeFacts('a.ts', before), takeChangeFacts('a.ts', after)];
          const isSame = sameIn(base, now);
          for (const one of base.declarations) {
            const other = now.declarations.find(({ id }) => id === one.id);
            if (!other || !isSame(one, other)) continue;
            untouched++;
            assert.deepEqual(told(one), told(other));
          }
        },
      ),
      { numRuns: Number(process.env.SWITCHYARD_RUNS ?? 1000) },
    );
    assert.ok(untouched > 1000, `only ${untouched} were untouched`);
  });
});

/** All that is told of a file. */
function all(facts: ChangeFacts): unknown {
  return JSON.parse(JSON.stringify(facts));
}

/** What is told of a declaration, but for the places. */
function told({ normal, features, calls, statements, parameters }: Declaration) {
  const placeless = ({ range: _, ...one }: { readonly range: unknown }) => one;
  return {
    normal,
    features: features.map(placeless),
    calls: calls.map(placeless),
    statements: statements.map(placeless),
    parameters,
  };
}
