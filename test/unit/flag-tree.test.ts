import assert from 'node:assert/strict';
import {
  deadWeight,
  type FlagNode,
  type FlagOrder,
  flagNodes,
  orderWords,
  usualOrder,
} from '../../client/src/views/flag-tree.ts';
import type { FlagHealth, FlagView, FolderFlags } from '../../server/src/protocol/messages.ts';

const at = (path: string) => ({
  uri: `file:///shop/${path}`,
  path,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
});
const flag = (key: string, health: FlagHealth, reads: string[], more: Partial<FlagView> = {}): FlagView => ({
  key,
  health,
  values: [],
  reason: 'because',
  definitions: [{ ...at('flags.json'), source: 'flagd' }],
  reads: reads.map((path) => ({ ...at(path), reader: 'SDK', inTest: false })),
  ...more,
});
const shop: FolderFlags = {
  folder: 'file:///shop',
  name: 'shop',
  flags: [
    flag('cart', 'constant', ['a.ts'], { owner: 'pay', age: 40 }),
    flag('banner', 'live', ['a.ts', 'b.ts'], { description: 'Summer sale' }),
    flag('zoom', 'stale', [], { owner: 'media', age: 400 }),
  ],
  dynamicReads: [{ ...at('c.ts'), reader: 'SDK' }],
  readers: [{ ...at('hooks.ts'), name: 'useFeature', reason: 'returns a read' }],
};

/** The tree as indented lines. */
function tree(folders: readonly FolderFlags[], order: Partial<FlagOrder>, node?: FlagNode, depth = 0): string[] {
  return flagNodes(folders, { ...usualOrder, ...order }, node).flatMap((child) => [
    `${' '.repeat(depth)}${name(child)}`,
    ...(depth < 1 ? tree(folders, order, child, depth + 1) : []),
  ]);
}

function name(node: FlagNode): string {
  if (node.kind === 'folder') return node.flags.name;
  if (node.kind === 'group') return node.title;
  return node.kind === 'flag' ? node.flag.key : node.kind;
}

describe('the view of flags', () => {
  it('groups by health as a rule, with functions and computed keys below', () => {
    const lines = [
      'Constant for everybody',
      ' cart',
      'Stale',
      ' zoom',
      'Live',
      ' banner',
      'readers',
      ' reader',
      'dynamic',
      ' read',
    ];
    assert.deepEqual(tree([shop], {}), lines);
  });

  it('groups by owner or file, or not at all', () => {
    assert.deepEqual(tree([shop], { group: 'owner' }).slice(0, 6), [
      'media',
      ' zoom',
      'pay',
      ' cart',
      'No owner',
      ' banner',
    ]);
    assert.deepEqual(tree([shop], { group: 'file' }).slice(0, 7), [
      'a.ts',
      ' banner',
      ' cart',
      'b.ts',
      ' banner',
      'flags.json',
      ' banner',
    ]);
    assert.deepEqual(
      tree([shop], { group: 'none', sort: 'age' })
        .filter((line) => !line.startsWith(' '))
        .slice(0, 3),
      ['zoom', 'cart', 'banner'],
    );
  });

  it('sorts by key, age or reads', () => {
    const first = (sort: FlagOrder['sort']) => tree([shop], { group: 'none', sort })[0];
    assert.deepEqual([first('key'), first('age'), first('reads')], ['banner', 'zoom', 'banner']);
  });

  it('holds flags that have all words of the filter, and nothing else', () => {
    assert.deepEqual(tree([shop], { filter: 'SUMMER b.ts' }), ['Live', ' banner']);
    assert.deepEqual(tree([shop], { filter: 'nothing like it' }), []);
  });

  it('has a row for each folder where there are several', () => {
    assert.deepEqual(
      tree([shop, { ...shop, name: 'other' }], {}).filter((line) => !line.startsWith(' ')),
      ['shop', 'other'],
    );
  });

  it('counts what should go, and says how it is ordered', () => {
    assert.deepEqual(
      deadWeight([shop]).map(({ key }) => key),
      ['cart', 'zoom'],
    );
    assert.equal(orderWords(usualOrder), '');
    assert.equal(orderWords({ group: 'owner', sort: 'age', filter: 'x' }), '"x" · by owner · oldest first');
  });
});
