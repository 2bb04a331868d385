import { UserError } from '../core/user-error.ts';
import { addDefinition } from '../flags/definitions/add-definition.ts';
import type { FlagValue } from '../flags/flag.ts';
import type { Fix } from './fix.ts';

/** A flag to define: where, in which format, and with the value that its read falls back to today. */
interface NewDefinition {
  readonly key: string;
  readonly value: FlagValue;
  readonly path: string;
  readonly source: string;
  readonly registry?: string;
}

export default {
  id: 'define-flag',
  build({ key, value, path, source, registry }, world) {
    const text = world.text(path);
    const siblings = [...world.inventory.flags.values()]
      .flatMap((flag) => flag.definitions)
      .filter((one) => one.path === path && one.source === source && one.registry?.name === registry)
      .sort((a, b) => a.range.start - b.range.start);
    if (text === undefined || siblings.length === 0)
      throw new UserError(`${path} no longer defines flags beside which '${key}' could be defined.`);
    if (siblings.some((one) => one.key === key)) throw new UserError(`${path} already defines '${key}'.`);
    return {
      title: `Define '${key}' in ${path}`,
      files: [{ path, before: text, edits: addDefinition({ source, siblings }, key, value, text) }],
      refused: [],
    };
  },
} satisfies Fix<NewDefinition>;
