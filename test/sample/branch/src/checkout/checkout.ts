import { features } from '../flags.ts';
import { log } from '../log.ts';
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

/** Notes in the log which checkout a customer sees. */
export async function noteCheckout(cart: Cart): Promise<void> {
  const express = await features.getBooleanValue('new-chekout', false, { targetingKey: cart.user });
  log.info('checkout', { user: cart.user, express });
}
