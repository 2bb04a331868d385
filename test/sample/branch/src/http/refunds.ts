import { log } from '../log.ts';
import type { Order, Session } from '../types.ts';

/** POST /orders/:id/refund */
export async function refundOrder(session: Session, order: Order, cents = order.total): Promise<number> {
  const refunded = Math.min(cents, order.total);
  log.info('refund', { order: order.id, by: session.user, refunded });
  return refunded;
}
