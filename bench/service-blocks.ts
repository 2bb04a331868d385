import { randomFrom } from './random.ts';

/** Code of the kinds that services are made of: routes, queries, calls of other services, money, rules about who may do what. */

/** A function or class of file `i`. Now, where it changed, some of its lines are others. */
type Block = (i: number, n: number, now: boolean) => string;

const words =
  'parcel ticket refund ledger quota region tariff voucher depot carrier pallet season coupon branch vendor margin audit credit window return'.split(
    ' ',
  );

/** What a block is about: two of a kind are not the same code under other names. */
function wordOf(i: number, n: number): string {
  return words[(i * 7 + n * 13) % words.length]!;
}

const lines: readonly ((word: string, other: string, n: number) => string)[] = [
  (word, other) => `const ${word} = order.lines.find((line) => line.sku.startsWith('${other}'))?.sku ?? '${word}';`,
  (word, _, n) => `if (order.lines.length > ${n}) logger.info('a long ${word}', { id: order.id });`,
  (word, other) => `const ${word}Key = [order.id, order.customerId, '${other}'].join(':');`,
  (word, _, n) => `const ${word}Count = order.lines.reduce((sum, line) => sum + line.count, ${n});`,
  (word, other) => `metrics.${word}.increment({ ${other}: order.customerId });`,
  (word, _, n) => `const ${word}Due = new Date(Date.now() + ${n + 1} * 86_400_000).toISOString();`,
  (word, other) => `const ${word}Skus = new Set(order.lines.map((line) => line.sku.replace('${other}', '')));`,
  (word, other) => `for (const line of order.lines) ${word}Index.set(line.sku, line.${other} ?? line.count);`,
  (word, _, n) => `const ${word}Share = Math.min(1, (order.discount ?? 0) * ${n + 2});`,
  (word, other) => `if (!order.${word}) throw new TypeError('an order without ${other}');`,
  (word, other) => `const { ${word}, ${other}: ${other}Text = '' } = describe(order);`,
  (word, other) => `${word}Cache.delete(\`${other}/\${order.id}\`);`,
  (word, other, n) => `const ${word}Label = order.paidAt ? '${other}' : \`${word} \${order.lines.length + ${n}}\`;`,
  (word, other) => `await ${word}Queue.publish('${other}', { id: order.id, at: Date.now() });`,
];

/** Some lines about an order, others each time: code that nobody wrote twice. */
function details(i: number, n: number, count = 4): string {
  const random = randomFrom(i * 131 + n);
  return Array.from({ length: count }, (_, k) => {
    const line = lines[Math.floor(random() * lines.length)]!;
    return `  ${line(wordOf(i, n + k), wordOf(n + 3 * k, i), Math.floor(random() * 20))}\n`;
  }).join('');
}

export function opening(i: number, step: number, readsFlags: boolean): string {
  return `import { z } from 'zod';
${readsFlags ? "import { OpenFeature } from '@openfeature/server-sdk';\n" : ''}import { Router } from 'express';
import { pool } from '../../db/pool';
import { logger } from '../../log/logger';
import { requireRole, requireUser } from '../../auth/guards';
${i >= step ? `import { total${i - step} } from './service-${i - step}';\n` : ''}
export const router${i} = Router();
const REQUEST_TIMEOUT_MS = ${3000 + (i % 7) * 500};
const MAX_ATTEMPTS = ${2 + (i % 3)};
const VAT_RATE = 0.${19 + (i % 4)};

export interface Order${i} {
  readonly id: string;
  readonly customerId: string;
  readonly lines: readonly { readonly sku: string; readonly count: number; readonly priceCents: number }[];
  readonly discount?: number;
  readonly paidAt?: Date;
}

export function total${i}(order: Order${i}, vat = VAT_RATE): number {
  const net = order.lines.reduce((sum, line) => sum + line.count * line.priceCents, 0);
  return Math.round(net * (1 - (order.discount ?? 0)) * (1 + vat));
}
`;
}

export function closing(i: number): string {
  return `export default router${i};\n`;
}

const route: Block = (i, n, now) => `
const body${i}_${n} = z.object({
  customerId: z.string().uuid(),
  count: z.number().int().min(1).max(${now ? 500 : 100}),
  note: z.string().max(2000).optional(),
  ${wordOf(i, n)}: z.enum(['${wordOf(n, i)}', 'none']),
});

router${i}.post('/orders/${i}/${n}', requireUser, ${now ? '' : "requireRole('clerk'), "}async (req, res, next) => {
  const parsed = body${i}_${n}.safeParse(req.body);
  if (!parsed.success) {
    res.status(400).json({ error: 'invalid', issues: parsed.error.issues });
    return;
  }
  const order = parsed.data;
${details(i, n)}  try {
    const { customerId, count } = parsed.data;
    const found = await pool.query('select * from ${wordOf(i, n)}s where customer_id = $1 limit $2', [customerId, count]);
    if (found.rows.length === 0) return res.status(404).json({ error: 'not found' });
    res.json({ orders: found.rows, total: found.rowCount${now ? ', page: Number(req.query.page ?? 1)' : ', hasMore: found.rowCount === count'} });
  } catch (error) {
    logger.error('${wordOf(i, n)}s could not be listed', { error${now ? ', count: req.body.count' : ''} });
    next(error);
  }
});`;

const load: Block = (i, n, now) => `
export async function loadOrder${i}_${n}(id: string, attempts = ${now ? 5 : 3}): Promise<Order${i} | undefined> {
  const order = await cached(id);
${details(i, n, 5)}  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const response = await fetch(\`https://${wordOf(i, n)}s.internal/\${id}?v=${n}\`, {
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(${now ? 'REQUEST_TIMEOUT_MS * 2' : 'REQUEST_TIMEOUT_MS'}),
      });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(\`${wordOf(i, n)}s answered \${response.status}\`);
      const answer = (await response.json()) as Order${i};
      ${now ? "logger.debug('loaded', { id, attempt });\n      return { ...answer, discount: answer.discount ?? 0 };" : 'return answer;'}
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
  return undefined;
}`;

const access: Block = (i, n, now) => `
export function mayEdit${i}_${n}(user: { id: string; role: string; suspended: boolean }, order: Order${i}): boolean {
  if (user.suspended) return false;
  if (order.lines.some(({ sku }) => sku.startsWith('${wordOf(i, n)}'))) return user.role === 'keeper';
${details(i, n, 3)}  if (user.role === 'admin' || user.role === 'owner') return true;
  ${now ? "const isClerk = user.role === 'clerk' || user.role === 'helper';\n  return isClerk && order.lines.length < 50;" : "return user.role === 'clerk' && user.id === order.customerId && !order.paidAt;"}
}`;

const price: Block = (i, n, now) => `
export function invoice${i}_${n}(order: Order${i}, currency = 'EUR'): { cents: number; currency: string; label: string } {
  const totalCents = total${i}(order);
  const feeCents = totalCents ${now ? '>=' : '>'} ${1000 + n} ? Math.round(totalCents * 0.0${(n % 8) + 1}) : 250;
  const ${wordOf(i, n)}Cents = order.lines.filter(({ sku }) => sku.endsWith('-${wordOf(i, n)}')).length * ${50 + n};
  const discountCents = order.lines.length > ${now ? 12 : 10} ? Math.floor(totalCents / ${now ? 20 : 10}) : 0;
${details(i, n, 3)}  if (totalCents - discountCents < 0) throw new RangeError('a total is never negative');
  return {
    cents: totalCents + feeCents - discountCents + ${wordOf(i, n)}Cents,
    currency,
    label: \`\${order.id}: \${((totalCents + feeCents - discountCents) / 100).toFixed(2)} \${currency}\`,
  };
}`;

const transfer: Block = (i, n, now) => `
export async function bookOrder${i}_${n}(order: Order${i}, userId: string): Promise<number> {
  const client = await pool.connect();
${details(i, n, 5)}  try {
    await client.query('begin');
    const { rows } = await client.query('insert into ${wordOf(i, n)}_bookings (order_id, user_id) values ($1, $2) returning id', [order.id, userId]);
    for (const line of order.lines) {
      await client.query('update stock set count = count - $1 where sku = $2 and count >= $1', [line.count, line.sku]);
    }
    ${now ? "await Promise.all(order.lines.map((line) => client.query('insert into moves (sku, count) values ($1, $2)', [line.sku, line.count])));\n    " : ''}await client.query('commit');
    return rows[0].id;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}`;

export const flagged: Block = (i, n, now) => `
export async function shippingOptions${i}_${n}(order: Order${i}): Promise<string[]> {
  const client = OpenFeature.getClient();
  const isFast = await client.getBooleanValue('fast-shipping-${i % 20}', ${now});
${details(i, n, 3)}  const options = ['standard', '${wordOf(n, i)}'];
  if (isFast && order.lines.every((line) => line.count < ${now ? 30 : 20})) options.push('express');
  if (process.env.PICKUP_ENABLED === 'true') options.push('pickup');
  return options.filter((option) => option !== '' && !(option === 'pickup' && order.discount !== undefined));
}`;

const service: Block = (i, n, now) => `
export class Reminders${i}_${n} {
  #timer: NodeJS.Timeout | undefined;
  constructor(private readonly mail: { send(to: string, text: string): Promise<void> }, private readonly limit = ${now ? 50 : 20}) {}

  start(orders: readonly Order${i}[]): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.remind(orders), ${now ? 30_000 : 60_000});
  }

  async remind(orders: readonly Order${i}[]): Promise<number> {
    const [order] = orders;
${details(i, n)}    const due = orders.filter((order) => !order.paidAt && order.lines.length > 0).slice(0, this.limit);
    const sent = await Promise.allSettled(due.map((order) => this.mail.send(order.customerId, \`Order \${order.id} is due\`)));
    const failed = sent.filter((one) => one.status === 'rejected');
    if (failed.length > 0) logger.warn('${wordOf(i, n)} reminders failed', { failed: failed.length, of: due.length });
    return sent.length - failed.length;
  }

  stop(): void {
    ${now ? '' : 'if (this.#timer) '}clearInterval(this.#timer);
    this.#timer = undefined;
  }
}`;

const mapping: Block = (i, n, now) => `
export type OrderState${i}_${n} = 'open' | 'paid' | 'sent'${now ? '' : " | 'returned'"};

export function describeOrder${i}_${n}(order: Order${i}, state: OrderState${i}_${n}): Record<string, unknown> {
${details(i, n)}  switch (state) {
    case 'open':
      return { id: order.id, state, ${wordOf(i, n)}: total${i}(order), reminders: ${now ? 3 : 2} };
    case 'paid':
      return { id: order.id, state, paidAt: order.paidAt?.toISOString() ?? null };
    default:
      return { id: order.id, state, lines: order.lines.map(({ sku, count }) => ({ sku, ${now ? 'amount: ' : ''}count })) };
  }
}`;

export const blocks: readonly Block[] = [route, load, access, price, transfer, service, mapping];

/** Tests of the service `subject`. Now, some expect other values, some check more, and one is gone. */
export function testText(i: number, subject: number, now: boolean): string {
  const total = `total${subject}`;
  const more = `    expect(() => ${total}(order, -1)).not.toThrow();\n    expect(order.lines).toHaveLength(1);\n`;
  const testCase = (n: number) => `
  it('adds VAT of ${n} percent', () => {
    const order = { id: '${i}', customerId: 'c', lines: [{ sku: 'a', count: ${n + 1}, priceCents: 100 }] };
    expect(${total}(order, 0.0${n})).toBe(${now && n % 2 === 0 ? 101 + n : 100 + n});
${now ? more : ''}  });
`;
  const cases = Array.from({ length: 8 }, (_, n) => (now && n === 3 ? '' : testCase(n)));
  return `import { describe, expect, it } from 'vitest';
import { ${total} } from './service-${subject}';

describe('service ${subject}', () => {${cases.join('')}});
`;
}
