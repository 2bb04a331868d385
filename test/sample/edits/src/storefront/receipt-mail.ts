import type { Receipt } from '../types.ts';

export interface MailOptions {
  attachInvoice?: boolean;
}

/** The mail after a checkout. */
export function receiptMail(receipt: Receipt, { attachInvoice = true }: MailOptions = {}): string[] {
  const parts = [`Order ${receipt.order}: ${receipt.state}`];
  if (attachInvoice) parts.push(`invoice-${receipt.order}.pdf`);
  return parts;
}
