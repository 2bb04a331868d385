import { count } from '../core/count.ts';
import type { Flag } from '../flags/flag.ts';
import { disagreement, isPermanent, kindNames } from '../flags/lifecycle.ts';

/** Why a flag is in the health that it is in, as one sentence for a person. */
export function healthReason(flag: Flag): string {
  const reads = count(flag.reads.length, 'read');
  const { kind } = flag.lifecycle;
  if (flag.health === 'orphan-read') return `${reads}, but no definition knows it.`;
  if (flag.health === 'unused') return 'Defined, but no read of it was found.';
  if (flag.health === 'constant') return `${constant(flag)}, ${reads}.`;
  if (flag.health === 'expired' || flag.health === 'stale')
    return `${capital(flag.staleness.map((one) => one.reason).join('; '))}; ${reads}.`;
  if (flag.health === 'live') {
    if (flag.value !== undefined && isPermanent(kind)) return `${constant(flag)}; ${kindNames[kind!]} stay. ${reads}.`;
    const parts = disagreement(flag.definitions);
    return parts === undefined ? `Its value varies, ${reads}.` : `Its value varies (${parts}), ${reads}.`;
  }
  if (flag.definitions.length === 0) return `${reads}; nothing here defines flags, so its state is not known.`;
  if (flag.reads.length === 0) return 'Defined; no read of it was found, but something else may read it.';
  return `${reads}; its definition does not tell its value.`;
}

function constant(flag: Flag): string {
  const why = flag.definitions.flatMap((one) => (one.state.kind === 'constant' ? [one.state.why] : []))[0];
  return `${JSON.stringify(flag.value)} for everybody${why === undefined ? '' : ` (${why})`}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
