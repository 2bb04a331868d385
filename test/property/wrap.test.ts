import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { changedText } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import { parse } from '../../server/src/facts/parse.ts';
import { removeFlags } from '../../server/src/removal/remove-flags.ts';
import { wrapInFlag } from '../../server/src/wrap/wrap-in-flag.ts';
import { worldOf } from '../unit/wrap-world.ts';

const path = 'src/a.ts';

/** Statements that declare nothing which others use, some of them with blocks of their own. */
const leaf = fc.constantFrom(
  'run(1);',
  'run(2);',
  'stop(a, b);',
  'if (a) return 1;',
  'a = a + 1;',
  '// a word on it\nlog(`x\n  \x24{a} y\n`);',
  'for (const item of list) { use(item); }',
  '{ const own = () => { run(3); }; own(); }',
  'if (b) throw new Error("no");',
  'try { run(4); } catch { stop(a); }',
  'switch (a) { case 1: run(5); break; default: stop(b); }',
  'var seen = 1;',
);
const statement: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('if (b) {', 'while (a) {', 'run(() => {'), fc.array(leaf, { maxLength: 3 }))
      .map(([head, body]) => `${head}\n${body.join('\n')}\n${head.endsWith('(() => {') ? '});' : '}'}`),
  },
);
const list = fc.array(statement, { maxLength: 7 });

/** Base and now as edits of one list, so that they have something in common. */
const change = list.chain((base) =>
  fc.tuple(
    fc.constant(base),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('delete', 'insert', 'replace'), statement), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.constantFrom('function', 'method', 'arrow', 'module', 'case'),
    fc.constantFrom('\n', '\r\n'),
    fc.tuple(fc.nat(), fc.nat()),
  ),
);

function edited(base: readonly string[], edits: readonly [number, string, string][]): string[] {
  const now = [...base];
  for (const [at, what, text] of edits) {
    const index = now.length === 0 ? 0 : at % now.length;
    if (what === 'delete') now.splice(index, 1);
    else now.splice(index, what === 'insert' ? 0 : 1, text);
  }
  return now;
}

const open: Record<string, [string, string]> = {
  function: ['export function f(a: number, b: number, list: number[]) {\n', '\n}\n'],
  method: ['export class C {\n  f(a: number, b: number, list: number[]) {\n', '\n  }\n}\n'],
  arrow: ['export const f = (a: number, b: number, list: number[]) => {\n', '\n};\n'],
  case: ['export function f(a: number, b: number, list: number[]) {\n  switch (b) {\n    case 7:\n', '\n  }\n}\n'],
  module: ['export let a = 1, b = 2, list = [3];\n', '\n'],
};

function program(
  statements: readonly string[],
  place: string,
  eol: string,
): { text: string; start: number; end: number } {
  const head =
    `import { isEnabled } from 'unleash-client';\nconst other = () => isEnabled('other');\n${open[place]![0]}`.replaceAll(
      '\n',
      eol,
    );
  const usable =
    place === 'module' ? statements.map((one) => one.replace('if (a) return 1;', 'if (a) run(6);')) : statements;
  const body = usable.join('\n').replaceAll('\n', eol);
  return {
    text: head + body + open[place]![1].replaceAll('\n', eol),
    start: head.length,
    end: head.length + body.length,
  };
}

/** The tokens of a text, line endings set aside. */
function tokens(text: string): string[] {
  const file = parse(path, text);
  const out: string[] = [];
  const print = (node: ts.Node): void => {
    const children = node.getChildren(file);
    if (children.length > 0) children.forEach(print);
    else if (node.end > node.getStart(file)) out.push(node.getText(file).replaceAll('\r\n', '\n'));
  };
  print(file);
  return out;
}

function remove(text: string, keep: boolean): { text: string; complete: boolean } {
  const change = removeFlags([{ key: 'k', keep }], worldOf(new Map([[path, text]])));
  const [file] = change.files;
  return { text: file === undefined ? text : changedText(file)!, complete: change.refused.length === 0 };
}

/** The program with the flag fixed: each `if` on it gives way to the statements of one side. */
function fold(text: string, on: boolean): string[] {
  const file = parse(path, text);
  const out: string[] = [];
  const print = (node: ts.Node): void => {
    if (ts.isIfStatement(node)) {
      const negated = ts.isPrefixUnaryExpression(node.expression);
      const read = negated ? (node.expression as ts.PrefixUnaryExpression).operand : node.expression;
      if (/^isEnabled\(.k.\)$/.test(read.getText(file))) {
        const side = on !== negated ? node.thenStatement : node.elseStatement;
        if (side !== undefined) for (const inner of (side as ts.Block).statements) print(inner);
        return;
      }
    }
    const children = node.getChildren(file);
    if (children.length === 0) {
      if (node.end > node.getStart(file)) out.push(node.getText(file).replaceAll('\r\n', '\n'));
    } else children.forEach(print);
  };
  print(file);
  return out;
}

describe('law 2: wrapping and removing are inverse', function () {
  this.timeout(120_000);

  it('gives the new code when the flag is on, and the code of the base when it is off', () => {
    let wrapped = 0;
    let refused = 0;
    fc.assert(
      fc.property(change, ([base, edits, place, eol]) => {
        const before = program(base, place, eol);
        const after = program(edited(base, edits), place, eol);
        const world = worldOf(new Map([[path, after.text]]), new Map([[path, before.text]]));
        const text = wrap(world, after);
        if (text === undefined) {
          refused++;
          return;
        }
        wrapped++;
        assert.deepEqual(fold(text, true), fold(after.text, true), `on: ${text}`);
        assert.deepEqual(fold(text, false), fold(before.text, true), `off: ${text}`);
        assert.ok(eol === '\n' ? !text.includes('\r') : !/[^\r]\n/.test(text), 'line endings are those of the file');
      }),
      { numRuns: 250 },
    );
    assert.ok(wrapped > refused, `${wrapped} wrapped, ${refused} refused`);
  });

  it('holds for the removal that a person would run', () => {
    let partial = 0;
    fc.assert(
      fc.property(change, ([base, edits, place, eol]) => {
        const before = program(base, place, eol);
        const after = program(edited(base, edits), place, eol);
        const world = worldOf(new Map([[path, after.text]]), new Map([[path, before.text]]));
        const text = wrap(world, after);
        if (text === undefined) return;
        for (const [keep, wanted] of [
          [true, after.text],
          [false, before.text],
        ] as const) {
          const removed = remove(text, keep);
          if (removed.complete)
            assert.deepEqual(tokens(removed.text), tokens(wanted), `${keep}: ${text}\n=>\n${removed.text}`);
          else partial++;
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(partial < 30, `${partial} removals were partial`);
  });

  it('gives the new code when the flag is on, whatever part of the change is selected', () => {
    fc.assert(
      fc.property(change, ([base, edits, place, eol, [a, b]]) => {
        const before = program(base, place, eol);
        const after = program(edited(base, edits), place, eol);
        const world = worldOf(new Map([[path, after.text]]), new Map([[path, before.text]]));
        const length = after.end - after.start + 1;
        const start = after.start + (a % length);
        const text = wrap(world, { start, end: Math.min(after.end, start + (b % length)) });
        if (text !== undefined) assert.deepEqual(fold(text, true), fold(after.text, true), text);
      }),
      { numRuns: 150 },
    );
  });
});

function wrap(world: ReturnType<typeof worldOf>, range: { start: number; end: number }): string | undefined {
  try {
    return changedText(wrapInFlag({ path, range, key: 'k' }, world).files[0]!);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
