import type { FlagDefinition, FlagRead } from '../flag.ts';

/**
 * The folder for whose code a definition counts. Flags that tests, examples and documentation define for themselves are no
 * flags of the product: such a file counts below its test folder, example or documentation only. `''` is the whole workspace.
 */
export function definitionTree(path: string): string {
  const folders = path.split('/').slice(0, -1);
  for (let i = folders.length - 1; i >= 0; i--) {
    const folder = folders[i]!.toLowerCase();
    if (sharedFolders.has(folder)) return folders.slice(0, i + 1).join('/');
    if (collections.has(folder)) return folders.slice(0, i + 2).join('/');
  }
  return '';
}

/** True when a definition counts for code at a path. */
export function definesFor(definition: FlagDefinition, path: string): boolean {
  const tree = definitionTree(definition.path);
  return tree === '' || path.startsWith(`${tree}/`);
}

/**
 * True when an unknown key at the read may be told from this definition's file: like is compared with like. What a test or
 * example defines speaks for its own tree; the product's definitions speak for the product's code, not for that of examples.
 */
export function speaksFor(definition: FlagDefinition, read: FlagRead): boolean {
  if (definitionTree(definition.path) !== '') return definesFor(definition, read.path);
  const folders = read.path.split('/');
  const source = folders.findIndex((folder) => sourceFolders.has(folder));
  const outside = source < 0 ? read.path : [...folders.slice(0, source), ''].join('/');
  return definitionTree(outside) === '';
}

/** Everything below belongs together. */
const sharedFolders = new Set(
  'test tests __tests__ spec specs e2e __mocks__ mocks cypress playwright docs doc documentation storybook .storybook stories testdata test-data bench benchmark benchmarks node_modules'.split(
    ' ',
  ),
);

/** Each folder in it stands for itself. */
const collections = new Set(
  'fixtures fixture __fixtures__ example examples sample samples demo demos playground playgrounds'.split(' '),
);

const sourceFolders = new Set(['src', 'app', 'lib']);
