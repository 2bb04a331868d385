import { UserError } from '../core/user-error.ts';
import { removeDefinition } from '../flags/definitions/edit.ts';
import type { Fix } from './fix.ts';

/** A definition, by its key, its file and the offset of the key. */
interface DefinitionPlace {
  readonly key: string;
  readonly path: string;
  readonly at: number;
}

export default {
  id: 'delete-definition',
  build({ key, path, at }, world) {
    const definition = world.inventory.flags
      .get(key)
      ?.definitions.find((one) => one.path === path && one.keyRange.start === at);
    const text = world.text(path);
    if (!definition || text === undefined)
      throw new UserError(`The definition of '${key}' is no longer at this place in ${path}.`);
    return {
      title: `Delete the definition of '${key}'`,
      files: [{ path, before: text, edits: removeDefinition(definition, text) }],
      refused: [],
    };
  },
} satisfies Fix<DefinitionPlace>;
