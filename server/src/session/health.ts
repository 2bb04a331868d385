import { count } from '../core/count.ts';
import type { Flag } from '../flags/flag.ts';

/** Why a flag is in the health that it is in, as one sentence for a person. */
export function healthReason(flag: Flag): string {
  const reads = count(flag.reads.length, 'read');
  if (flag.health === 'orphan-read') return `${reads}, but no definition knows it.`;
  if (flag.health === 'unused') return 'Defined, but no read of it was found.';
  if (flag.health === 'constant') {
    const why = flag.definitions.flatMap((one) => (one.state.kind === 'constant' ? [one.state.why] : []))[0];
    return `${JSON.stringify(flag.value)} for everybody${why === undefined ? '' : ` (${why})`}, ${reads}.`;
  }
  if (flag.health === 'live') return `Its value varies, ${reads}.`;
  if (flag.definitions.length === 0) return `${reads}; nothing here defines flags, so its state is not known.`;
  return `${reads}; its definition does not tell its value.`;
}
