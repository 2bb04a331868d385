import { features } from '../flags.ts';
import { charge } from '../payments/charge.ts';
import type { Cart, Order, Receipt } from '../types.ts';
import { redeemPoints } from './loyalty.ts';
import { cartTotal } from './totals.ts';

/** Turns a cart into a paid order. */
export async function checkout(cart: Cart, id: string): Promise<Receipt> {
  const order: Order = { id, user: cart.user, total: cartTotal(cart), placed: new Date() };
  if (await features.getBooleanValue('new-checkout', false, { targetingKey: cart.user })) {
    return charge(await redeemPoints(order));
  }
  return charge(order);
}
