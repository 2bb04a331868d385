import type { Receipt } from '../types.ts';

/** Takes money through the payment gateway. */
export async function capture(order: string, cents: number): Promise<Receipt> {
  const response = await fetch('https://gateway.shop.example/captures', {
    method: 'POST',
    body: JSON.stringify({ order, cents }),
    // @risk(time): the gateway answers within 3 s since it moved; owner=payments
    signal: AbortSignal.timeout(4_000),
  });
  return { order, state: response.ok ? 'paid' : 'declined' };
}
