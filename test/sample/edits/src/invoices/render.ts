import { features } from '../flags.ts';
import { log } from '../log.ts';
import type { Order } from '../types.ts';

/** An invoice as text. */
export async function renderInvoice(order: Order, number: string): Promise<string> {
  const legacy = await features.getBooleanValue('legacy-invoices', false);
  const head = legacy ? `INVOICE ${number}` : `Invoice ${number}`;
  if (legacy) {
    log.info('legacy invoice', { order: order.id });
    return `${head}\r\n${order.total}`;
  }
  return `${head}\n${(order.total / 100).toFixed(2)} euros`;
}
