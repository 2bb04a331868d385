import type { Cart } from '../types.ts';

const taxRate = 0.25;

/** The sum of a cart in cents. */
export function cartTotal(cart: Cart, includeTax = true): number {
  const net = cart.lines.reduce((sum, line) => sum + line.price * line.count, 0);
  return includeTax ? Math.round(net * (1 + taxRate)) : net;
}
