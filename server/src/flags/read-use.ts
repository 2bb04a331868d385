import type { MemberUse, SiteUse } from '../facts/file-facts.ts';
import type { ReadResult } from './flag.ts';

/** Where a value stands, and what is taken from it. */
interface Place {
  readonly use?: SiteUse;
  readonly members?: readonly MemberUse[];
}

/**
 * How the value of a read is used. Where the read yields an object that holds the value, what is done with that field counts; of
 * the object itself, whether it is a promise that stands as a condition, and when it is evaluated. Undefined where no value stands
 * for the read.
 */
export function useOfRead(place: Place, result: ReadResult): SiteUse | undefined {
  if (result.kind === 'other' || result.kind === 'component') return undefined;
  const field = result.kind === 'value' ? undefined : result.field;
  if (field === undefined) return place.use;
  const { atLoad, condition, canAwait, same } = place.use ?? {};
  const uses = fieldUses(place, field.split('.'));
  const compared = uses.flatMap((use) => use.compared ?? []);
  const identical = uses.flatMap((use) => use.identical ?? []);
  const decides = uses.flatMap((use) => use.decides ?? []);
  const use: SiteUse = {
    ...(atLoad && { atLoad }),
    ...(condition && { condition }),
    ...(canAwait && { canAwait }),
    ...(same === undefined ? {} : { same }),
    ...(compared.length > 0 && { compared }),
    ...(identical.length > 0 && { identical }),
    ...(decides.length > 0 && { decides }),
  };
  return Object.keys(use).length > 0 ? use : undefined;
}

/** Uses of the members at the end of a path. */
function fieldUses(place: Place, [name, ...rest]: readonly string[]): SiteUse[] {
  return (place.members ?? []).flatMap((member) => {
    if (member.name !== name) return [];
    if (rest.length > 0) return fieldUses(member, rest);
    return member.use ? [member.use] : [];
  });
}
