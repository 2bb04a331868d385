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
    // A flag a file: the file goes.
    if (definition.source === 'gitlab')
      return { title: `Delete ${path}`, files: [{ path, before: text, edits: [], deleted: true }], refused: [] };
    return {
      title: `Delete the definition of '${key}'`,
      files: [{ path, before: text, edits: removeDefinition(definition, text) }],
      refused: [],
    };
  },
} satisfies Fix<DefinitionPlace>;
