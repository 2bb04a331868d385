import assert from 'node:assert/strict';
import type { Declaration } from '../../server/src/facts/change-facts.ts';
import { takeChangeFacts } from '../../server/src/facts/declarations.ts';

const declarations = (text: string, path = 'src/a.ts') => takeChangeFacts(path, text).declarations;
const ids = (text: string, path?: string) => declarations(text, path).map((one) => one.id);
const named = (text: string, name: string): Declaration => {
  const found = declarations(text).find((one) => one.name === name);
  assert.ok(found, `no ${name} in ${ids(text).join(', ')}`);
  return found;
};
const features = (text: string, kind: string, path?: string) =>
  takeChangeFacts(path ?? 'src/a.ts', text).declarations.flatMap((one) =>
    one.features.filter((at) => at.kind === kind),
  );

describe('declarations of a file', () => {
  it('lists functions, classes, members, variables and the module', () => {
    assert.deepEqual(
      ids(`
        import { x } from './x';
        export function total() {}
        const sum = (a: number) => a;
        class Cart { #n = 1; constructor() {} get size() { return 1; } async pay() {} label: string; }
        export const limits = { max: 3 };
        start();
        interface Skipped {}
      `),
      [
        'function total',
        'function sum',
        'class Cart',
        'class Cart > property #n',
        'class Cart > method constructor',
        'class Cart > method size',
        'class Cart > method pay',
        'variable limits',
        'module',
      ],
    );
  });

  it('lists code within objects, registered callbacks and functions within functions', () => {
    assert.deepEqual(
      ids(`
        export const api = { get() {}, list: () => 1, nested: { put: async () => {} }, flag: true };
        router.post('/orders', auth, async (req) => { run(); });
        export function create() {
          function inner() { return 1; }
          const other = () => { return 2; };
          return { total: () => inner() };
        }
      `),
      [
        'variable api',
        'variable api > method get',
        'variable api > method list',
        'variable api > property nested > method put',
        'function post /orders',
        'function create',
        'function create > function inner',
        'function create > function other',
        'function create > method total',
      ],
    );
  });

  it('numbers doubles', () => {
    assert.deepEqual(ids('app.get("/", () => {}); app.get("/", () => {});'), ['function get /', 'function get / 2']);
  });
});

describe('normal form', () => {
  const same = (a: string, b: string, name = 'f') => assert.equal(named(a, name).normal, named(b, name).normal);
  const differs = (a: string, b: string, name = 'f') => assert.notEqual(named(a, name).normal, named(b, name).normal);

  it('does not see layout, comments, quotes, parentheses, braces and types', () => {
    same(
      'function f(a) { if (a) return "x"; return { a, b: 5000 }; }',
      `export async function g() {}
       // a comment
       export function f<T>(a: T): { a: T } | string {
         if ((a)) { return 'x' as string; } // why
         return { a: a!, 'b': 5_000 } satisfies object;
       }`,
    );
  });

  it('does not see the names of locals', () => {
    same(
      'function f(user) { const total = user.total; return [total].map((one) => one + total); }',
      'function f(u) { const t = u.total; return [t].map((x) => x + t); }',
    );
    same('const f = ({ a, b: c }) => a + c;', 'const f = ({ a: x, b: y }) => { return x + y; };');
  });

  it('does not see how an import is called here', () => {
    same(
      'import { charge } from "./a"; function f() { charge(); }',
      'import { charge as pay } from "./b"; function f() { pay(); }',
    );
  });

  it('sees swapped locals, property names, strings, operators, async and optional chains', () => {
    differs('function f(a, b) { return a - b; }', 'function f(a, b) { return b - a; }');
    differs('function f(a) { return a.x; }', 'function f(a) { return a.y; }');
    differs('function f() { return "a"; }', 'function f() { return "b"; }');
    differs('function f(a) { return a < 1; }', 'function f(a) { return a <= 1; }');
    differs('function f(a) { return !a; }', 'function f(a) { return -a; }');
    differs('function f() { g(); }', 'async function f() { g(); }');
    differs('function f(a) { return a.x; }', 'function f(a) { return a?.x; }');
    differs('function f(a) { a++; }', 'function f(a) { a--; }');
  });

  it('leaves listed declarations out of what holds them', () => {
    same('class f { a() { return 1; } }', 'class f { a() { return 2; } }');
    same(
      'function f() { function g() { return 1; } return g(); }',
      'function f() { function g() { return 2; } return g(); }',
    );
  });

  it('survives a text that does not parse', () => {
    assert.ok(ids('function f( { if (').length >= 0);
  });
});

describe('what catches', () => {
  it('tells the calls that a catch protects and what it does', () => {
    const [one] = features(
      'async function f(card) { try { await charge(card); this.db.save(1); } catch (e) { log(e); } }',
      'catch',
    );
    assert.deepEqual(one?.protects, ['charge', 'this.db.save']);
    assert.equal(one?.value, 'handles');
    const calls = named(
      'async function f(card) { try { await charge(card); } catch (e) { log(e); } other(); }',
      'f',
    ).calls;
    assert.deepEqual(
      calls.map((call) => [call.key, call.caught, call.awaited]),
      [
        ['charge', 1, true],
        ['log', 0, false],
        ['other', 0, false],
      ],
    );
  });

  it('knows promise chains and translations, and no catch that only rethrows', () => {
    const chain = features('const f = () => charge().then(ship).catch(() => undefined);', 'catch');
    assert.deepEqual(
      chain.map((one) => one.protects),
      [['charge']],
    );
    assert.deepEqual(features('const f = () => charge().then(ship, report);', 'catch').length, 1);
    assert.deepEqual(features('function f() { try { a(); } catch (e) { throw e; } }', 'catch'), []);
    assert.equal(features('function f() { try { a(); } catch (e) { log(e); throw e; } }', 'catch')[0]?.value, 'passes');
    assert.equal(
      features('function f() { try { a(); } catch (e) { throw new Oops(e); } }', 'catch')[0]?.value,
      'translates',
    );
  });
});

describe('access checks', () => {
  const keys = (text: string, path?: string) => features(text, 'auth', path).map((one) => one.key);

  it('are early exits with a denial or with words in a denying condition', () => {
    for (const text of [
      'function f(user) { if (!user) return res.status(401).end(); go(); }',
      'function f(user) { if (user.plan) throw new ForbiddenError("x"); go(); }',
      'function f(user) { if (!user.isAdmin) return null; go(); }',
      'function f(user) { if (user.role !== "admin") return; go(); }',
      'async function f(user) { if (!(await canEdit(user))) { throw new Error("no"); } go(); }',
      'function f(s) { if (!s) redirect("/login"); go(); }',
      'function f(s) { if (s) { go(); } else { res.sendStatus(403); } }',
    ])
      assert.equal(keys(text).length, 1, text);
    for (const text of [
      'function f(a) { if (!a.author) return null; go(); }',
      'function f(a) { if (a.isAdmin) return everything(); go(); }',
      'function f(a) { if (!a) return null; }',
      'function f(a) { if (a.status === 401) retry(); }',
      'function f(a) { if (!a.session) return null; }',
    ])
      assert.deepEqual(keys(text), [], text);
  });

  it('are guard calls, middleware, decorators, wrappers and protected procedures', () => {
    assert.deepEqual(
      keys('async function f(req) { await assertCanEdit(req); const s = await requireSession(req); }').length,
      2,
    );
    assert.deepEqual(keys('router.get("/x", requireAuth, handler); router.get("/y", auth.getMe);'), [
      'use requireAuth',
    ]);
    assert.deepEqual(keys('app.use(auth); app.use("/auth", authRouter); app.use(session({}));'), ['use auth']);
    assert.deepEqual(keys('fastify.get("/x", { preHandler: [checkRole("admin")] }, handler);').length, 1);
    assert.deepEqual(
      keys('class A { @UseGuards(AuthGuard, RolesGuard) @Roles("admin") get() {} @Public() b() {} }').length,
      3,
    );
    assert.deepEqual(keys('export const GET = withAuth(async () => {});').length, 1);
    assert.deepEqual(keys('export const r = router({ create: protectedProcedure.mutation(async () => {}) });'), [
      'procedure protectedProcedure',
    ]);
    assert.deepEqual(keys('function f() { login(user); createRole("x"); logout(); setSession(s); }'), []);
  });

  it('may be in places that only a policy can name', () => {
    const [one] = features('function f(req) { tenantOnly(req); }', 'guardable');
    assert.deepEqual(one?.words, ['tenantOnly', 'req']);
  });
});

describe('timeouts', () => {
  const values = (text: string) => features(text, 'timeout').map((one) => [one.owner, one.value]);

  it('are told in milliseconds however they are written', () => {
    assert.deepEqual(values('fetch(u, { timeout: 5_000 })'), [['fetch', '5000']]);
    assert.deepEqual(values('fetch(u, { timeoutMs: 5 * 1000 })'), [['fetch', '5000']]);
    assert.deepEqual(values('fetch(u, { timeoutSeconds: 5 })'), [['fetch', '5000']]);
    assert.deepEqual(values('fetch(u, { timeout: "5s" })'), [['fetch', '5000']]);
    assert.deepEqual(values('gauge({ ttlMs: hoursToMilliseconds(1) })'), [['gauge', '3600000']]);
    assert.deepEqual(values('const REQUEST_TIMEOUT_MS = 5000;'), [['REQUEST_TIMEOUT_MS', '5000']]);
    assert.deepEqual(values('fetch(u, { signal: AbortSignal.timeout(5000) })'), [['AbortSignal.timeout', '5000']]);
    assert.deepEqual(values('fetch(u, { timeout: env.T ?? 5000 })'), [['fetch', '5000']]);
    assert.deepEqual(values('fetch(u, { timeout: config.timeout })'), [['fetch', undefined]]);
    assert.deepEqual(values('const t = setTimeout(go, 100); clearTimeout(t);'), []);
    assert.deepEqual(values('const timeout = setTimeout(go, 100);'), []);
  });

  it('follow a constant of the file', () => {
    assert.deepEqual(values('const LIMIT = 5000; export function f() { fetch(u, { timeout: LIMIT }); }'), [
      ['LIMIT', '5000'],
      ['fetch', '5000'],
    ]);
  });
});

describe('defaults', () => {
  const values = (text: string, path?: string) => features(text, 'default', path).map((one) => [one.owner, one.value]);

  it('are literals of parameters, destructurings, fallbacks and exported configuration', () => {
    assert.deepEqual(values('function f(strict = true, { retry = false }, n = 3) { return n; }'), [
      ['strict', 'true'],
      ['retry', 'false'],
      ['n', '3'],
    ]);
    assert.deepEqual(values('const on = process.env.ON ?? false;'), [['process.env.ON', 'false']]);
    assert.deepEqual(values('export const config = { strict: true, size: 10, nested: { on: false } };'), [
      ['config.strict', 'true'],
      ['config.size', '10'],
      ['config.nested.on', 'false'],
    ]);
    assert.deepEqual(values('export const table = { a: 1, b: "x" }; const own = { on: true };'), []);
    assert.deepEqual(values('const text = props.label ?? "Unnamed thing";'), []);
  });
});

describe('conditions', () => {
  it('tell their sides, early exits included', () => {
    const text = 'function f() { const on = flag("x"); if (!on) { return old(); } fresh(); last(); }';
    const [one] = takeChangeFacts('a.ts', text).declarations.flatMap(({ conditions }) => conditions);
    const cut = (range: { start: number; end: number }) => text.slice(range.start, range.end);
    assert.deepEqual(one?.on.map(cut), ['{ return old(); }']);
    assert.deepEqual(one?.off.map(cut), ['fresh(); last();']);
    assert.deepEqual(
      one?.holders.map((holder) => [holder.name, cut(holder.initializer)]),
      [['on', 'flag("x")']],
    );
    assert.deepEqual(
      one?.operands.map((operand) => [cut(operand.outer), operand.on, operand.off]),
      [
        ['on', false, true],
        ['flag("x")', false, true],
      ],
    );
  });
});
