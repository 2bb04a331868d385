import type { Order } from '../types.ts';

/** The number printed on an invoice. */
export function invoiceNumber(order: Order): string {
  if (order.total === 0) return `${order.placed.getFullYear()}-GIFT-${order.id}`;
  if (order.total < 0) return `${order.placed.getFullYear()}-CREDIT-${order.id}`;
  return `${order.placed.getFullYear()}-${order.id}`;
}
