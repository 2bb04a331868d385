import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const path = 'src/orders.ts';

/** The file after *Restore* on the finding of a rule. */
async function restored(rule: string, base: string, now: string): Promise<string | undefined> {
  const session = createSession({ host: memoryHost(new Map([[path, now]]), new Map([[path, base]])) });
  const { findings } = await session.analyse();
  const finding = findings.find((one) => one.rule === rule);
  assert.ok(finding, `no ${rule} among ${findings.map((one) => one.rule)}`);
  const fix = finding.fixes.find(({ id }) => id === 'restore');
  assert.ok(fix, `${rule} offers no restore`);
  const { files } = await session.fix(fix);
  return changedText(files[0]!);
}

describe('restore what stood here', () => {
  it('brings a try and its catch back around the code that stayed, which keeps what else changed', async () => {
    const base = `export async function pay(order: Order) {
  const total = sum(order);
  try {
    await charge(order.id, total);
    audit(order);
  } catch (error) {
    await refund(order.id);
    throw error;
  }
}
`;
    const now = `export async function pay(order: Order) {
  const total = sum(order, rates);
  await charge(order.id, total);
  audit(order);
  notify(order);
}
`;
    assert.equal(
      await restored('risk/catch-removed', base, now),
      `export async function pay(order: Order) {
  const total = sum(order, rates);
  try {
    await charge(order.id, total);
    audit(order);
  } catch (error) {
    await refund(order.id);
    throw error;
  }
  notify(order);
}
`,
    );
  });

  it('brings a guard back with the import that it needs, and keeps CRLF', async () => {
    const base = `import { requireUser } from './auth';
import { db } from './db';

export async function remove(request: Request) {
  const user = await requireUser(request);
  if (!user.isAdmin) throw new ForbiddenError();

  await db.orders.delete(request.id);
}
`.replaceAll('\n', '\r\n');
    const now = `import { db } from './db';

export async function remove(request: Request) {
  await db.orders.delete(request.id);
}
`.replaceAll('\n', '\r\n');
    const text = await restored('risk/auth-check-removed', base, now);
    assert.equal(text, base);
  });

  it('brings an old value back on its line', async () => {
    const at = (ms: string) => `export const load = (url: string) =>
  fetch(url, {
    headers,
    timeout: ${ms},
  });
`;
    assert.equal(await restored('risk/timeout-changed', at('5_000'), at('60_000')), at('5_000'));
  });

  it('brings an option back that is gone', async () => {
    const base = `export function load(url: string) {
  return client.get(url, {
    headers,
    timeout: 5_000,
  });
}
`;
    assert.equal(await restored('risk/timeout-changed', base, base.replace('    timeout: 5_000,\n', '')), base);
  });

  it('brings tests back, all of them at once, among others that are much like them', async () => {
    const test = (name: string, value: number) => `  it('${name}', () => {
    const cart = cartOf(${value});
    expect(cart.total).toBe(${value});
  });
`;
    const file = (tests: readonly string[]) => `import { cartOf } from './cart';

describe('cart', () => {
${tests.join('\n')}});
`;
    const base = file([test('adds', 1), test('rounds', 2), test('caps', 3), test('is empty', 0)]);
    const now = file([test('adds', 1), test('is empty', 0)]);
    const path = 'src/cart.test.ts';
    const subject = 'export const cartOf = (value: number) => ({ total: value });\n';
    const files = (text: string) =>
      new Map([
        [path, text],
        ['src/cart.ts', subject],
      ]);
    const session = createSession({ host: memoryHost(files(now), files(base)) });
    const { findings } = await session.analyse();
    const fixes = findings.find((one) => one.rule === 'tests/removed')?.fixes ?? [];
    const fix = fixes.find(({ title }) => title === 'Restore 2 tests');
    assert.ok(fix, fixes.map(({ title }) => title).join());
    const { files: changed } = await session.fix(fix);
    assert.equal(changedText(changed[0]!), base);
  });

  it('brings a route back among routes that share most of their lines', async () => {
    const route = (verb: string, at: string) => `app.${verb}('${at}', async (req, res) => {
  const order = await orderById(req.params.id);
  if (!order) return res.sendStatus(404);
  res.json(order);
});
`;
    const base = [route('get', '/orders/:id'), route('patch', '/orders/:id'), route('get', '/carts/:id')].join('\n');
    const now = [route('get', '/orders/:id'), route('get', '/carts/:id')].join('\n');
    assert.equal(await restored('risk/route-changed', base, now), base);
  });

  it('takes suppressions out of lines that are otherwise as they were', async () => {
    const base = `export function total(cart: Cart) {
  const rows = all(cart.rows, cart.more);
  return sum(rows);
}
`;
    const now = `export function total(cart: Cart) {
  audit(cart);
  // @ts-ignore
  const rows = all(cart.rows, cart.more);
  return sum((rows as any));
}
`;
    const kept = base.replace('  const rows', '  audit(cart);\n  const rows');
    assert.equal(await restored('risk/suppression-added', base, now), kept);
  });

  it('offers nothing for a suppression in code that is new', async () => {
    const base = 'export const total = (cart: Cart) => sum(cart.rows);\n';
    const now = `${base}export const more = (cart: Cart) => sum((cart as any).more);\n`;
    await assert.rejects(restored('risk/suppression-added', base, now), /offers no restore/);
  });

  it('brings a name on the wire back in all places of the change', async () => {
    const files = (name: string) =>
      new Map([
        ['src/cart.ts', `export const load = () => localStorage.getItem('${name}');\n`],
        ['src/save.ts', `export const save = (cart: string) => localStorage.setItem('${name}', cart);\n`],
      ]);
    const session = createSession({ host: memoryHost(files('shop-cart-2'), files('cart')) });
    const { findings } = await session.analyse();
    const fixes = findings.find((one) => one.rule === 'risk/wire-name-changed')?.fixes ?? [];
    const fix = fixes.find(({ title }) => title === "Restore 'cart' in 2 places");
    assert.ok(fix, fixes.map(({ title }) => title).join());
    const { files: changed } = await session.fix(fix);
    assert.deepEqual(new Map(changed.map((one) => [one.path, changedText(one)])), files('cart'));
  });

  it('puts a handler back in place of the log that took its place, and keeps other lines', async () => {
    const base = `export async function pay(order: Order) {
  try {
    await charge(order.id);
  } catch (error) {
    await refund(order.id);
    throw error;
  }
}
`;
    const handler = '    await refund(order.id);\n    throw error;\n';
    const log = "    console.error('not charged', error);\n";
    assert.equal(await restored('risk/catch-emptied', base, base.replace(handler, log)), base);
    const now = base.replace(handler, log).replace('  try', '  logger.info(order);\n  try');
    const text = await restored('risk/catch-emptied', base, now);
    assert.equal(text, base.replace('  try', '  logger.info(order);\n  try'));
  });

  it('does not answer twice', async () => {
    const base = `app.get('/users/:id', async (req, res) => {
  const { role } = roleOf(req.body);
  res.json({ id: req.params.id, role });
});
`;
    const now = base.replace('id: req.params.id, ', '');
    assert.equal(await restored('risk/response-shape', base, now), base);
  });

  it('does not call twice what it brings back with its handler', async () => {
    const base = `export function Form({ save }: Props) {
  const submit = async (inputs: Inputs) => {
    return save(inputs).catch((error) => {
      setError('name', { message: error.message });
    });
  };
  return render(submit);
}
`;
    const now = base.replace(/return save\(inputs\)[\s\S]*?\n {4}\}\);/, 'await save(inputs);');
    assert.equal(await restored('risk/catch-removed', base, now), base);
  });

  it('sets no property twice', async () => {
    const base = `export const cookieOptions = {
  httpOnly: true, // scripts cannot read it
  secure: true,
  path: '/',
};
`;
    const now = base.replace('  httpOnly: true, // scripts cannot read it\n', '  httpOnly: false,\n');
    assert.equal(await restored('risk/cors-cookie-weakened', base, now), base);
  });
});
