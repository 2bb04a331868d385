import { log } from '../log.ts';
import type { Order, Receipt } from '../types.ts';
import { capture } from './gateway.ts';

/** Charges an order. A gateway that cannot be reached declines it. */
export async function charge(order: Order): Promise<Receipt> {
  log.info('charging', { order: order.id });
  return await capture(order.id, order.total);
}
