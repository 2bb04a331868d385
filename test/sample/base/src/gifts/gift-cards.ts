import { isEnabled } from 'unleash-client';

/** What is left to pay after a gift card. */
export function payWithGiftCard(cents: number, card: number, user: string): number {
  if (!isEnabled('gift-cards', { userId: user })) return cents;
  return Math.max(0, cents - card);
}
