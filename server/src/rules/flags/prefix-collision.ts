import { spelled } from '../../flags/camel-case.ts';
import { definitionTree } from '../../flags/definitions/definition-scope.ts';
import type { FlagDefinition } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly other: string;
  readonly name: string;
}

export default defineRule({
  id: 'flags/prefix-collision',
  title: 'Keys that differ only in how they are spelled',
  why: 'SDKs that turn keys into names (new-checkout becomes newCheckout) cannot tell such keys apart: one of them hides the other. People cannot either.',
  severity: 'warning',
  scope: 'garden',
  *check({ inventory }): Iterable<Evidence<Data>> {
    const names = new Map<string, FlagDefinition>();
    for (const { key, definitions } of inventory.flags.values()) {
      for (const one of definitions) {
        if (definitionTree(one.path) !== '') continue;
        const name = spelled(key, 'lodash-camelCase');
        const place = `${one.path}\n${one.registry?.name ?? ''}\n${one.scope ?? ''}\n${name}`;
        const first = names.get(place);
        if (!first) names.set(place, one);
        else if (first.key !== key)
          yield {
            path: one.path,
            range: one.keyRange,
            subject: key,
            data: { key, other: first.key, name },
            related: [{ path: first.path, range: first.keyRange, message: `'${first.key}' is defined here` }],
          };
      }
    }
  },
  message: ({ data: { key, other, name } }) =>
    `'${key}' and '${other}' are both '${name}' in camelCase: one hides the other where keys become names.`,
});
