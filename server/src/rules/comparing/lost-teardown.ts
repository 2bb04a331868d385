import type { CallFact, Declaration, Feature } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { isSetApart } from './set-apart.ts';

/** A method that undid what others of its class start, and is gone while they still do. */
export interface LostTeardown {
  readonly path: string;
  readonly gone: Declaration;
  readonly lost: Feature;
  /** The member that starts it. */
  readonly by: Declaration;
  readonly call: CallFact;
  readonly text: string;
}

/** What frameworks call at the end of an object's life. */
const lastMethods =
  /^(?:ngOnDestroy|onModuleDestroy|onApplicationShutdown|beforeApplicationShutdown|componentWillUnmount|disconnectedCallback|beforeDestroy|beforeUnmount|destroyed|unmounted|dispose|destroy|\[Symbol\.(?:async)?[dD]ispose\])$/;

export function lostTeardowns(input: RuleInput): LostTeardown[] {
  return input.pairs.flatMap(({ path, basePath, base, now }): LostTeardown[] => {
    if (!base || now || base.kind !== 'method' || !lastMethods.test(base.name) || isSetApart(path)) return [];
    const file = input.change?.files.find((one) => one.basePath === basePath);
    if (file?.base === undefined || file.now === undefined) return [];
    const members = (input.changeFacts(file.path)?.declarations ?? []).filter(
      (one) => one.container === base.container,
    );
    const releases = base.features.filter(({ kind, value }) => kind === 'cleanup' && value === 'release');
    const text = file.base.slice(base.range.start, base.range.end);
    for (const lost of releases) {
      // A base class or another member may do it now.
      if (members.some(({ features }) => features.some((one) => one.kind === 'cleanup' && one.key === lost.key)))
        continue;
      const isIt = new RegExp(`^(?:${lost.words?.[0] ?? ''})$`);
      for (const by of members) {
        const call = by.calls.find(({ name }) => isIt.test(name));
        if (call) return [{ path: file.path, gone: base, lost, by, call, text }];
      }
    }
    return [];
  });
}
