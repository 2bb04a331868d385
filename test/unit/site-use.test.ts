import assert from 'node:assert/strict';
import type { Recipe, SiteUse } from '../../server/src/facts/file-facts.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';

const recipe: Recipe = {
  names: new Set(['isOn', 'useFlags', 'variant']),
  properties: new Set<string>(),
  defines: [],
  packages: new Set<string>(),
  id: 'test',
};

function sites(text: string, path = 'src/a.tsx') {
  return takeFacts(path, text, recipe).reads;
}

/** What the first read (or the first member of the first read) decides, as text. */
function decided(text: string): string[] {
  const [site] = sites(text);
  const use = site!.name === 'useFlags' ? site!.members[0]!.use : site!.use;
  return shown(use, text);
}

function shown(use: SiteUse | undefined, text: string): string[] {
  return (use?.decides ?? []).map(({ range, side, equals }) => {
    const code = text.slice(range.start, range.end).replace(/\s+/g, ' ');
    return `${side}${equals === undefined ? '' : ` (${equals})`}: ${code}`;
  });
}

function used(text: string): SiteUse {
  return sites(text)[0]!.use ?? {};
}

describe('how the value of a read is used', () => {
  const decisions: readonly [string, readonly string[]][] = [
    ['function f() { if (isOn("x")) a(); else b(); }', ['on: a();', 'off: b();']],
    ['function f() { if (!isOn("x")) a(); }', ['off: a();']],
    ['function f() { if (!isOn("x")) { return; } a(); b(); }', ['off: { return; }', 'on: a(); b();']],
    [
      'function f() { if (isOn("x")) { a(); } else { throw 1; } b(); }',
      ['on: { a(); }', 'off: { throw 1; }', 'on: b();'],
    ],
    ['const f = () => isOn("x") ? a : b;', ['on: a', 'off: b']],
    ['const f = () => !!isOn("x") && a();', ['on: a()']],
    ['const f = () => isOn("x") || a();', ['off: a()']],
    ['function f() { const on = isOn("x"); if (on && other) a(); else b(); }', ['on: other', 'on: a();']],
    ['function f() { const on = isOn("x"); if (on || other) a(); else b(); }', ['off: other', 'off: b();']],
    ['function f() { if (other && isOn("x")) a(); else b(); }', ['on: a();']],
    [
      'function f() { const on = isOn("x"); const both = !on && other; return both ? a : b; }',
      ['off: other', 'off: a'],
    ],
    ['async function f() { if ((await isOn("x")) === false) a(); else b(); }', ['off: a();', 'on: b();']],
    ['async function f() { if (true !== (await isOn("x"))) a(); }', ['off: a();']],
    [
      'function f() { const v = variant("x"); if (v === "blue") a(); else b(); }',
      ['on (blue): a();', 'off (blue): b();'],
    ],
    ['const f = () => (isOn("x") ?? false) ? a : b;', ['on: a', 'off: b']],
    ['const f = () => (isOn("x") ?? true) ? a : b;', ['off: b']],
    ['const f = () => Boolean(isOn("x")) ? a : b;', ['on: a', 'off: b']],
    ['const F = () => { const on = isOn("x"); return <p>{on && <A />}</p>; };', ['on: <A />']],
    [
      'const F = () => { const { x: on = false } = useFlags(); return on ? <A /> : null; };',
      ['on: <A />', 'off: null'],
    ],
    ['const F = () => { const flags = useFlags(); return flags.x ? <A /> : null; };', ['on: <A />', 'off: null']],
    ['function f() { isOn("x").then((on) => { if (on) a(); }); }', ['on: a();']],
    ['function f() { const on = isOn("x"); return () => { if (on) a(); }; }', ['on: a();']],
    ['function f() { while (isOn("x")) a(); }', ['on: a();']],
    // Not certain, so not told.
    ['function f() { let on = isOn("x"); on = true; if (on) a(); }', []],
    ['function f() { const all = [isOn("x")]; if (all) a(); }', []],
    ['function f() { const on = isOn("x"); { const on = 1; if (on) a(); } }', []],
    ['function f() { if (isOn("x").length) a(); }', []],
    ['function f(on = isOn("x")) { return g(on); }', []],
  ];
  for (const [text, wanted] of decisions) it(text, () => assert.deepEqual(decided(text), wanted));

  it('tells what is tested, with its await, or the name that holds it', () => {
    const text =
      'async function f() { const on = await isOn("x"); if (!on) a(); }\nasync function g() { if (!(await isOn("x"))) a(); }';
    const [first, second] = sites(text).map((site) => site.use!.decides![0]!.by);
    assert.equal(text.slice(first!.start, first!.end), 'on');
    assert.equal(text.slice(second!.start, second!.end), 'await isOn("x")');
  });

  it('tells a value that stands as a condition without await', () => {
    const yes = [
      'function f() { if (isOn("x")) a(); }',
      'const f = () => isOn("x") ? 1 : 2;',
      'const f = () => !isOn("x");',
      'const f = () => isOn("x") && a();',
      'const f = () => { if (other || isOn("x")) a(); };',
      'async function f() { const on = isOn("x"); if (on) a(); }',
    ];
    for (const text of yes) assert.equal(used(text).condition, true, text);
    const no = [
      'async function f() { if (await isOn("x")) a(); }',
      'async function f() { const on = isOn("x"); if (await on) a(); }',
      'async function f() { const on = await isOn("x"); if (on) a(); }',
      'const f = () => isOn("x");',
      'const f = () => isOn("x").then((on) => on && a());',
      'const f = () => g(isOn("x"));',
      'const f = () => ready && isOn("x");',
      'const f = () => client?.isOn("x") ? 1 : 2;',
    ];
    for (const text of no) assert.equal(used(text).condition, undefined, text);
  });

  it('tells where it could be awaited', () => {
    assert.equal(used('async function f() { if (isOn("x")) a(); }').canAwait, true);
    assert.equal(used('function f() { if (isOn("x")) a(); }').canAwait, undefined);
    assert.equal(used('async function f() { list.map(() => isOn("x") ? 1 : 2); }').canAwait, undefined);
    assert.equal(used('async function f(a = isOn("x") ? 1 : 2) {}').canAwait, undefined);
    assert.equal(used('if (isOn("x")) a();').canAwait, undefined);
    assert.equal(sites('if (isOn("x")) a();', 'a.mjs')[0]!.use?.canAwait, true);
  });

  it('tells what is evaluated when the module is loaded', () => {
    const yes = [
      'export const on = isOn("x");',
      'if (isOn("x")) a();',
      'class A { static on = isOn("x"); }',
      'class A { static { if (isOn("x")) a(); } }',
      'class A { @Dec(isOn("x")) run() {} }',
      'class A extends (isOn("x") ? B : C) {}',
      'export const config = { on: isOn("x") };',
    ];
    for (const text of yes) assert.equal(used(text).atLoad, true, text);
    const no = [
      'export const on = () => isOn("x");',
      'class A { on = isOn("x"); }',
      'class A { get on() { return isOn("x"); } }',
      'function f(on = isOn("x")) {}',
      'export const config = { get on() { return isOn("x"); } };',
    ];
    for (const text of no) assert.equal(used(text).atLoad, undefined, text);
  });

  it('tells constants that it is compared with', () => {
    const text =
      'import { Style } from "./style"; function f() { const v = variant("x"); if (v === "blue" || "red" == v) a(); switch (v) { case "green": case Style.Old: break; default: } return v !== other(); }';
    const values = used(text).compared!.map(({ range }) => text.slice(range.start, range.end));
    assert.deepEqual(values, ['"blue"', '"red"', '"green"', 'Style.Old']);
  });

  it('tells conditionals whose sides say the same', () => {
    const yes = [
      'const f = (a, b) => isOn("x") ? a.go(1) : (a.go(1));',
      'function f() { if (isOn("x")) { a(); /* new */ b(); } else { a(); b(); } }',
      'function f() { if (!isOn("x")) a("s"); else { a(\'s\'); } }',
      'function f() { if (isOn("x")) { const y = a(); return y; } else { const z = a(); return z; } }',
      'function f() { if (isOn("x")) { return a(); } return a(); }',
      'const F = () => <p>{isOn("x") ? <A b={1} /> : <A b={1}></A>}</p>;'.replace('<A b={1}></A>', '<A b={1} />'),
    ];
    for (const text of yes) assert.equal(used(text).identical?.length, 1, text);
    const no = [
      'const f = (a, b) => isOn("x") ? a : b;',
      'const f = (a, b) => isOn("x") ? a.one : a.two;',
      'function f() { if (isOn("x")) {} else {} }',
      'function f() { if (isOn("x")) { const a = 1; g(a); } else { const b = 1; g(c); } }',
      'function f() { if (isOn("x") && other) a(); else a(); }',
      'function f() { if (isOn("x")) { a(); } a(); }',
      'function f() { if (isOn("x")) { a(); return; } a(); }',
    ];
    for (const text of no) assert.equal(used(text).identical, undefined, text);
  });

  it('tells reads that yield the same value', () => {
    const equal = (text: string) => {
      const numbers = sites(text).flatMap((site) =>
        site.members.length > 0 ? site.members.map((member) => member.use?.same) : [site.use?.same],
      );
      return numbers.every((number) => number !== undefined && number === numbers[0]);
    };
    const yes = [
      'function f(user) { if (isOn("x", user)) { if (isOn("x", user)) a(); } }',
      'async function f() { if (await isOn("x")) { if (!(await isOn("x"))) a(); } }',
      'function F() { const a = isOn("x"); const b = isOn("x"); return a && b; }',
      'function F() { const flags = useFlags(); return flags.x ? flags.x : 1; }',
    ];
    for (const text of yes) assert.ok(equal(text), text);
    const no = [
      'function f(a, b) { if (isOn("x", a)) { if (isOn("x", b)) a(); } }',
      'function f(user) { if (isOn("x", user)) { for (const user of all) if (isOn("x", user)) a(); } }',
      'function f() { if (isOn("x")) { return () => { if (isOn("x")) a(); }; } }',
      'async function f() { if (isOn("x")) { await sleep(); if (isOn("x")) a(); } }',
      'async function f() { if (isOn("x")) { while (isOn("x")) { await sleep(); } } }',
      'function f() { if (!c.isOn("x")) { c.enable("y"); if (c.isOn("x")) a(); } }',
      'function f() { if (!isOn("x")) { enable("x"); if (isOn("x")) a(); } }',
      'function f(user) { if (isOn("x", user)) { user = next(); if (isOn("x", user)) a(); } }',
    ];
    for (const text of no) assert.ok(!equal(text), text);
  });
});
