import { wordsOf } from './words.ts';

/** Names that speak of money by themselves. */
const strong = new Set(
  'price prices priced pricing tax taxes taxed taxable taxation vat gst currency currencies cents subtotal discount discounts discounted refund refunds refunded payout payouts invoice invoices surcharge salary salaries payroll revenue money monetary usd eur gbp commission commissions fee fees donation donations wage wages dividend dividends mortgage'.split(
    ' ',
  ),
);
/** Names that may mean money or anything else: two different ones of them together do. */
const weak = new Set(
  'amount amounts total totals balance balances cost costs rate rates charge charges credit credits debit payment payments billing bill checkout deposit withdrawal cart'.split(
    ' ',
  ),
);
/** What turns the words around them into something else: `totalCount`, `rateLimit`, `costPerToken`. */
const elsewhere = new Set(
  'count counts page pages row rows limit width height px frame frames token tokens'.split(' '),
);

/** Names of a piece of code, its function and its class that together speak of money. */
export function speaksOfMoney(names: Iterable<string>): boolean {
  const found = new Set<string>();
  for (const name of names) {
    const words = wordsOf(name);
    if (words.some((word) => elsewhere.has(word))) continue;
    for (const word of words) {
      if (strong.has(word)) return true;
      if (weak.has(word)) found.add(word.replace(/s$/, ''));
    }
  }
  return found.size > 1;
}

/** One of the names may mean money. */
export function mayMeanMoney(names: Iterable<string>): boolean {
  for (const name of names) {
    const words = wordsOf(name);
    if (!words.some((word) => elsewhere.has(word)) && words.some((word) => strong.has(word) || weak.has(word)))
      return true;
  }
  return false;
}

/** A text that holds one of the words at a word's start: `netPrice`, `TAX_RATE`, but not `syntax` or `generate`. */
export const moneyMention = new RegExp(
  [
    `(?<![a-z])(?:${[...strong, ...weak].join('|')})`,
    [...strong, ...weak].map((word) => word[0]!.toUpperCase() + word.slice(1)).join('|'),
    `(?<![A-Z])(?:${[...strong, ...weak].join('|').toUpperCase()})`,
  ].join('|'),
);
