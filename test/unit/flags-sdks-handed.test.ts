import assert from 'node:assert/strict';
import { programReads } from './flags-program.ts';

/** Flags and clients that somebody hands to a function or a component of the code. */
describe('what an SDK hands to functions and components', () => {
  const readsOf = (text: string, more: Readonly<Record<string, string>> = {}) =>
    programReads({ 'src/a.tsx': text, ...more }).reads;

  it('finds flags in the props of a component that is wrapped where it stands', () => {
    assert.deepEqual(
      readsOf(`import { withLDConsumer } from 'launchdarkly-react-client-sdk';
export const A = withLDConsumer()(({ flags, ldClient }) => (flags.newNav ? ldClient.variation('size', 1) : null));`),
      ['newNav withLDConsumer value', 'size variation value default=1'],
    );
  });

  it('finds them in one that is wrapped by its name: a constant, a function, a class', () => {
    assert.deepEqual(
      readsOf(`import { withLDConsumer } from 'launchdarkly-react-client-sdk';
const A = ({ flags }) => flags.one;
function B(props: any) { const { flags } = props; return flags.two || props.flags['three']; }
class C extends Component { render() { return this.props.flags.four; } }
export default [withLDConsumer()(A), connect(map)(withLDConsumer()(B)), compose(withLDConsumer(), connect(map))(C)];`),
      [
        'one withLDConsumer value',
        'two withLDConsumer value',
        'three withLDConsumer value',
        'four withLDConsumer value',
      ],
    );
  });

  it('finds them by the type of the props', () => {
    assert.deepEqual(
      readsOf(`import type { LDProps } from 'launchdarkly-react-client-sdk';
interface Props extends LDProps { name: string }
export const A: React.FC<Props> = ({ flags }) => flags!.one;
export class B extends React.PureComponent<Props> { render() { const { flags } = this.props; return flags?.two; } }
export const C = ({ flags }: LDProps & { id: number }) => flags?.['three'];`),
      ['one LDProps value', 'two LDProps value', 'three LDProps value'],
    );
  });

  it('finds clients in props, by the type of a class component’s props or by what wraps it', () => {
    assert.deepEqual(
      readsOf(`import { withOptimizely } from '@optimizely/react-sdk';
import type { LDClient } from 'launchdarkly-js-client-sdk';
export const A = withOptimizely(({ optimizely }) => optimizely.decide('one').enabled);
export class B extends React.Component<{ client: LDClient }> { render() { return this.props.client.variation('two', false); } }`),
      ['one decide details:enabled', 'two variation value default=false'],
    );
  });

  it('finds flags that Harness hands to a component', () => {
    assert.deepEqual(
      readsOf(`import { withFeatureFlags } from '@harnessio/ff-react-client-sdk';
const A = ({ flags }) => flags['new-nav'];
export default withFeatureFlags(A);`),
      ['new-nav withFeatureFlags value'],
    );
  });

  it('finds a client that a callback is given', () => {
    assert.deepEqual(
      readsOf(`import { useFliptSelector } from '@flipt-io/flipt-client-react';
import posthog from 'posthog-js';
posthog.init('k', { loaded: (ph) => { if (ph.isFeatureEnabled('one')) go(); } });
export const useTwo = () => useFliptSelector((client) => client?.evaluateBoolean({ flagKey: 'two', entityId: 'x' }).enabled);`),
      ['one isFeatureEnabled value', 'two evaluateBoolean details:enabled'],
    );
  });

  it('takes props called flags of other components for no flags', () => {
    assert.deepEqual(
      readsOf(`import { withLDConsumer } from 'launchdarkly-react-client-sdk';
import { withCountries } from './countries';
const A = ({ flags }) => flags.france;
function B(props) { return props.flags.spain; }
const C = ({ user }) => user.flags.admin;
export default [withCountries(A), B, withLDConsumer()(C)];
const config = { flags: { g: true } };
config.flags.g;
new RegExp('x').flags.length;`),
      [],
    );
  });
});

describe('functions around several flags, or around flags that code declares', () => {
  it('finds a reader that asks for its key in a list, and takes the answer by it', () => {
    const { reads, dynamic } = programReads({
      'src/a.ts': `import { useFlags } from 'flagsmith/react';
import { useSplitTreatments } from '@splitsoftware/splitio-react';
export const useFeature = (name: string) => useFlags([name])[name].enabled;
export function useSplit(name: string) {
  const { treatments } = useSplitTreatments({ names: [name] });
  return treatments[name].treatment;
}`,
      'src/b.ts': `import { useFeature, useSplit } from './a';
export const b = () => useFeature('one') && useSplit('two') === 'on';`,
    });
    assert.deepEqual(reads, ['one useFlags through useFeature value', 'two useSplitTreatments through useSplit value']);
    assert.deepEqual(dynamic, []);
  });

  it('keeps a list of unknown keys for what it is', () => {
    const { reads, dynamic } = programReads({
      'src/a.ts': `import { useFlags } from 'flagsmith/react';
export const useMany = (names: string[]) => useFlags(names);
export const useLast = (a: string) => { const flags = useFlags([a]); return flags; };`,
    });
    assert.deepEqual(reads, []);
    assert.equal(dynamic.length, 2);
  });

  it('finds flags of Vercel that stand in an object, or that a module exports as its default', () => {
    const { reads } = programReads({
      'src/flags.ts': `import { flag } from 'flags/next';
export const flags = { beta: flag({ key: 'one', decide: () => true }) };
export default flag({ key: 'two', decide: () => true });`,
      'src/b.ts': `import other, { flags } from './flags';
export const b = async () => (await flags.beta()) || (await other());`,
    });
    assert.deepEqual(reads, ['one beta value async', 'two other value async']);
  });

  it('finds the keys of a function that makes flags of Vercel', () => {
    const { reads } = programReads({
      'src/flags.ts': `import { flag } from 'flags/next';
export const createFeatureFlag = (key: string) => flag<boolean>({ key, decide: () => true });`,
      'src/b.ts': `import { createFeatureFlag } from './flags';
export const b = async () => (await createFeatureFlag('one')()) ? 1 : 2;`,
    });
    assert.deepEqual(reads, ['one flag through createFeatureFlag other']);
  });
});

describe('clients that a request carries, and packages with a registry before their names', () => {
  it('finds what another handler of the file has put on a request', () => {
    const { reads } = programReads({
      'src/app.js': `import { FeatureManager } from '@microsoft/feature-management';
app.use((req, res, next) => { req.features = new FeatureManager(provider); next(); });
app.get('/', async (req, res) => { if (await req.features.isEnabled('one')) res.send(''); });
app.get('/', async (req, res) => { if (await res.features.isEnabled('no')) res.send(''); });`,
    });
    assert.deepEqual(reads, ['one isEnabled value async']);
  });

  it('finds what a vendor’s guide puts on every request, in any file', () => {
    const { reads } = programReads({
      'src/cors.js': `module.exports = (req, res, next) => (req.growthbook.isOn('one') ? cors()(req, res, next) : next());`,
      'src/links.ts': `export const get = (req: Request) => req.growthbook?.getFeatureValue('two', 5);
other.growthbook.isOn('no');
req.lights.isOn('no');`,
    });
    assert.deepEqual(reads, ['one isOn value', 'two getFeatureValue value default=5']);
  });

  it('knows packages as Deno and browsers import them', () => {
    const { reads } = programReads({
      'src/a.ts': `import { PostHog } from 'npm:posthog-node@4.0.1';
import { init } from 'npm:@launchdarkly/node-server-sdk@9';
import flagsmith from 'https://esm.sh/@flagsmith/flagsmith@4.1.0/isomorphic';
import posthog from 'https://example.org/posthog-js';
const client = new PostHog('k');
export const a = async () => (await client.isFeatureEnabled('one', 'me')) || (await init('k').variation('two', {}, false));
export const b = () => flagsmith.hasFeature('three') || posthog.isFeatureEnabled('no');`,
    });
    assert.deepEqual(reads, [
      'one isFeatureEnabled value async',
      'two variation value async default=false',
      'three hasFeature value',
    ]);
  });
});
