import { gainedFeatures } from '../comparing/features.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly setting: string;
}

export default defineRule({
  id: 'risk/tls-verify-off',
  title: 'Certificates no longer checked',
  why: 'Without the check anybody between the two ends can read and change what is sent, and nothing shows it.',
  severity: 'warning',
  scope: 'change',
  group: 'crypto',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<string>();
    for (const { path, now, compared, gained } of gainedFeatures(input, 'tls')) {
      if (told.has(`${path} ${now.id}`)) continue;
      told.add(`${path} ${now.id}`);
      yield {
        path,
        range: gained.range,
        subject: now.id,
        declaration: now,
        compared,
        data: { setting: gained.owner ?? '' },
      };
    }
    for (const { path, base, now } of input.change?.others ?? [])
      for (const { index, text } of switchesIn(now ?? '').slice(switchesIn(base ?? '').length))
        yield { path, range: { start: index, end: index + text.length }, subject: 'tls', data: { setting: text } };
  },
  message: ({ data: { setting } }) =>
    `'${setting}' switches the check of certificates off: anybody between the two ends can read and change what is sent.`,
});

/** In scripts, environments and manifests. */
function switchesIn(text: string): { index: number; text: string }[] {
  const pattern = /\bNODE_TLS_REJECT_UNAUTHORIZED\b["']?\s*(?:=|:|,?\s*value:)\s*["']?0\b|^strict-ssl\s*=\s*false/gm;
  return [...text.matchAll(pattern)].map((found) => ({ index: found.index, text: found[0] }));
}
