import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/source-change.ts';
import type { FlagValue } from '../../server/src/flags/flag.ts';
import { removeFlags } from '../../server/src/removal/remove-flags.ts';
import { analyse } from './flags-program.ts';

/** What a removal makes of the reads of an SDK: the text after it, and why something stayed. */
function remove(text: string, values: Readonly<Record<string, FlagValue>>) {
  const path = 'src/a.tsx';
  const { files, inventory } = analyse({ [path]: text });
  const requests = Object.entries(values).map(([key, keep]) => ({ key, keep }));
  const { files: changes, refused } = removeFlags(requests, {
    inventory,
    paths: [path],
    text: () => text,
    facts: (one) => files.get(one),
  });
  const change = changes.find((one) => one.path === path);
  const after = change === undefined ? text : applyEdits(text, change.edits ?? []);
  return { after, refused: refused.map(({ reason }) => reason) };
}

describe('removal of what SDKs yield', () => {
  it('folds details by the field that the code takes', () => {
    const { after, refused } = remove(
      `import { useFeature } from '@growthbook/growthbook-react';
export const f = () => (useFeature('a').on ? 1 : 2);
export const g = () => useFeature('b').value;
`,
      { a: true, b: 'blue' },
    );
    assert.deepEqual(refused, []);
    assert.equal(after, `export const f = () => 1;\nexport const g = () => 'blue';\n`);
  });

  it('folds what tells that a flag is off to the other value', () => {
    const text = `import { GrowthBook } from '@growthbook/growthbook';
const gb = new GrowthBook();
export const f = () => gb.isOff('a') ? 1 : 2;
`;
    const { after, refused } = remove(text, { a: true });
    assert.deepEqual(refused, []);
    assert.equal(after, text.replace("gb.isOff('a') ? 1 : 2", '2').replace('const gb = ', ''));
  });

  it('folds members of a record of the keys that were asked for, and says that the key stays', () => {
    const { after, refused } = remove(
      `import { useTreatmentsWithConfig } from '@splitsoftware/splitio-react';
export function A() {
  const { treatments } = useTreatmentsWithConfig({ names: ['a', 'b'] });
  if (treatments.a.treatment === 'on') return [treatments.b.treatment];
  return 2;
}
`,
      { a: 'on' },
    );
    assert.match(after, /names: \['a', 'b'\] \}\);\n {2}return \[treatments\.b\.treatment\];\n\}/);
    assert.deepEqual(refused, ['It names the flag among those that it asks for; fold it by hand.']);
  });

  it('folds members that were taken apart, whose value stands in a field', () => {
    const { after, refused } = remove(
      `import { useFlags } from 'flagsmith/react';
export function A() {
  const { a, b } = useFlags(['a', 'b']);
  return a.enabled ? b.enabled : 3;
}
`,
      { a: true },
    );
    assert.match(after, /const \{ b \} = useFlags\(\['a', 'b'\]\);\n {2}return b\.enabled;/);
    assert.equal(refused.length, 1);
  });

  it('does not touch what only listens, guards, observes or holds parameters', () => {
    const text = `import { createClient } from '@launchdarkly/js-client-sdk';
import { BooleanFeatureFlag, RequireFlagsEnabled } from '@openfeature/nestjs-sdk';
import { FeatureFlagService } from '@openfeature/angular-sdk';
import { useExperiment } from '@statsig/react-bindings';
createClient('k', user).on('change:a', show);
@RequireFlagsEnabled({ flags: [{ flagKey: 'a' }, { flagKey: 'b' }] })
export class Shop { show(@BooleanFeatureFlag({ flagKey: 'a', defaultValue: false }) on) {} }
export const f = (service: FeatureFlagService) => service.getBooleanDetails('a', false).subscribe(show);
export const A = () => useExperiment('a').get('color', 'red');
`;
    const { after, refused } = remove(text, { a: true, b: true });
    assert.equal(after, text);
    assert.equal(refused.length, 6);
  });

  it('does not take a promise for a value where versions differ', () => {
    const text = `import Statsig from 'statsig-node';
export async function f(user) {
  if (Statsig.checkGate(user, 'a')) one();
  if (await Statsig.checkGate(user, 'b')) two();
}
`;
    const { after, refused } = remove(text, { a: true, b: true });
    assert.match(after, /if \(Statsig\.checkGate\(user, 'a'\)\) one\(\);\n {2}two\(\);/);
    assert.deepEqual(refused, [
      'Whether it yields the value or a promise of it depends on the version of the package; fold it by hand.',
    ]);
  });

  it('folds a flag that is declared by name, where it is awaited', () => {
    const { after, refused } = remove(
      `import { flag } from 'flags/next';
const cart = flag({ key: 'cart', decide: () => false });
export async function Page() {
  if (await cart()) return 1;
  return 2;
}
`,
      { cart: true },
    );
    assert.match(after, /Page\(\) \{\n {2}return 1;\n\}/);
    assert.deepEqual(refused, []);
  });

  it('folds a tuple and a field further in', () => {
    const text = `import { useFeatureFlagWithPayload } from 'posthog-react-native';
import { useTreatmentWithConfig } from '@splitsoftware/splitio-react';
export function A() {
  const [on] = useFeatureFlagWithPayload('a');
  return on ? useTreatmentWithConfig({ name: 'b' }).treatment.treatment : 3;
}
`;
    const { after, refused } = remove(text, { a: true, b: 'on' });
    assert.equal(after, "export function A() {\n  return 'on';\n}\n");
    assert.deepEqual(refused, []);
  });
});
