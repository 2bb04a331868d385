import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, hasRootKey, kindOf, unknownState } from './format.ts';
import { booleanField, field, rangeOf, stringField } from './json-tree.ts';

/**
 * A flag a file, as GitLab keeps them in `config/feature_flags/**.yml`: `{ name, type, default_enabled, group, milestone, introduced_by_url,
 * rollout_issue_url }` (docs.gitlab.com/development/feature_flags). The state lives in a database; `default_enabled` is what holds without it.
 */
export const gitlab: DefinitionFormat = {
  id: 'gitlab',
  word: 'default_enabled',
  mentions: (text) => hasRootKey(text, 'default_enabled') && hasRootKey(text, 'name'),
  recognises: (root) =>
    !!stringField(root, 'name') &&
    booleanField(root, 'default_enabled') !== undefined &&
    ['group', 'milestone', 'introduced_by_url', 'rollout_issue_url', 'feature_issue_url'].some(
      (name) => field(root, name) !== undefined,
    ),
  read: (path, root) => definitionOf(path, root),
  declares: true,
};

function definitionOf(path: string, root: Node): FlagDefinition[] {
  const key = stringField(root, 'name');
  if (!key) return [];
  const kind = kindOf(stringField(root, 'type'));
  return [
    {
      key,
      path,
      keyRange: rangeOf(field(root, 'name')!),
      range: rangeOf(root),
      source: 'gitlab',
      type: 'boolean',
      state: unknownState,
      ...(kind && { kind }),
      description: stringField(root, 'description') || undefined,
      owner: stringField(root, 'group')?.replace(/^group::/, '') || undefined,
    },
  ];
}
