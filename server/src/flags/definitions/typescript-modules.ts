import type { FileFacts } from '../../facts/file-facts.ts';
import type { Policy } from '../../policy/schema.ts';
import type { FlagDefinition } from '../flag.ts';
import { covers, isFile } from '../policy-reads.ts';
import { readRegistry, registriesOf } from './typescript-groups.ts';

/** Definitions of modules whose exported functions are the flags, as the policy's reads name them: the functions themselves. */
export function moduleDefinitions(files: ReadonlyMap<string, FileFacts>, policy: Policy): FlagDefinition[] {
  return policy.flags.reads.flatMap(({ module, members }) => {
    if (module === undefined) return [];
    const named = module.replace(/^\.\//, '');
    return [...files].flatMap(([path, facts]) => {
      if (!isFile(path, named)) return [];
      const own = registriesOf(facts, '*').flatMap((registry) => readRegistry(path, registry));
      return own.filter(({ key }) => members === undefined || covers(members, key));
    });
  });
}
