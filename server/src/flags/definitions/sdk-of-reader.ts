/**
 * The SDK of a reader: `LaunchDarkly` of `LaunchDarkly variation`. Each shape that the policy names stands for itself:
 * two of them need not read the same flags.
 */
export function sdkOf(reader: string): string {
  return reader.startsWith('policy') ? reader : (reader.split(' ', 1)[0] ?? reader);
}
