import type { Order } from '../types.ts';

/** The number printed on an invoice. */
export function invoiceNumber(order: Order): string {
  return `${order.placed.getFullYear()}-${order.id}`;
}
