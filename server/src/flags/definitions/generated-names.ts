import camelCase from 'lodash.camelcase';

/**
 * The accessors that `openfeature generate` makes of a manifest's key: `useNewCheckout`, `useSuspenseNewCheckout`,
 * `client.newCheckout`, `client.newCheckoutDetails`, `FlagKeys.NEW_CHECKOUT` (open-feature/cli internal/generators).
 */
export function generatedNames(key: string): string[] {
  const camel = camelCase(key);
  const pascal = camel.slice(0, 1).toUpperCase() + camel.slice(1);
  const constant = key.replace(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/gu, '_').toUpperCase();
  return [camel, pascal, `use${pascal}`, `useSuspense${pascal}`, `${camel}Details`, constant];
}
