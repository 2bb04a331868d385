import assert from 'node:assert/strict';
import { buildGraph } from '../../server/src/facts/module-graph.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { knownPackage, matchReadSite, recipeFor, sdks } from '../../server/src/flags/catalogue.ts';
import { resolverOf } from '../../server/src/flags/resolve.ts';
import type { Shape } from '../../server/src/flags/sdks/sdk.ts';
import { defaultPolicy } from '../../server/src/policy/schema.ts';
import type { SdkCase } from './sdk-cases/case.ts';
import { moreVendors } from './sdk-cases/more-vendors.ts';
import { vendors } from './sdk-cases/vendors.ts';

/** Directives stand in templates, whose reader has tests of its own. */
const isInCode = (shape: Shape): shape is Extract<Shape, { names: readonly string[] }> =>
  'names' in shape && shape.form !== 'directive';

describe('the catalogue of SDKs', () => {
  const cases = [...Object.values(vendors), ...Object.values(moreVendors)].flat();
  const used = usedShapes(cases);

  it('has a snippet for each name of each shape', () => {
    const unused = sdks.flatMap((sdk) =>
      sdk.families.flatMap((family) =>
        family.shapes.filter(isInCode).flatMap((shape) => {
          const names = shape.names.filter((name) => used.get(shape)?.has(name) !== true);
          return names.map((name) => `${sdk.name}: ${family.packages[0]}: ${name} (${shape.form})`);
        }),
      ),
    );
    assert.deepEqual([...new Set(unused)], []);
    assert.ok(used.size > 200, `${used.size} shapes were used`);
  });

  it('would see a shape without a snippet', () => {
    const without = usedShapes(vendors.growthBook!.filter(({ text }) => !text.includes('isOff')));
    const [family] = sdks.find(({ name }) => name === 'GrowthBook')!.families;
    const missed = family!.shapes.filter(isInCode).filter((shape) => !without.has(shape));
    assert.ok(missed.some((shape) => shape.names.includes('isOff')));
    assert.ok(missed.every((shape) => !shape.names.includes('isOn')));
  });

  it('names each package once, and each name of a shape in plain letters', () => {
    const packages = sdks.flatMap(({ families }) => families.flatMap((family) => family.packages));
    assert.deepEqual(packages.toSorted(), [...new Set(packages)].toSorted());
    for (const name of packages) assert.equal(knownPackage(name), name);
    for (const sdk of sdks)
      for (const { shapes } of sdk.families)
        for (const shape of shapes)
          if ('names' in shape) for (const name of shape.names) assert.match(name, /^[\w$]+$/);
  });
});

/** The shapes that snippets follow, with the names that they were called by. */
function usedShapes(cases: readonly SdkCase[]): ReadonlyMap<Shape, ReadonlySet<string>> {
  const found = new Map<Shape, Set<string>>();
  const recipe = recipeFor(defaultPolicy);
  for (const { text } of cases) {
    const files = new Map([['src/a.tsx', takeFacts('src/a.tsx', text, recipe)]]);
    const resolver = resolverOf(files, buildGraph(files, new Map()), (name) => knownPackage(name) !== undefined);
    for (const site of files.get('src/a.tsx')!.reads) {
      const match = matchReadSite(site, 'src/a.tsx', resolver, defaultPolicy);
      if (match === undefined) continue;
      const names = found.get(match.shape) ?? new Set();
      found.set(match.shape, names.add(site.name));
    }
  }
  return found;
}
