import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { recipeFor } from '../../server/src/flags/catalogue.ts';
import { policySchema } from '../../server/src/policy/schema.ts';

const recipe = recipeFor(
  policySchema.parse({
    flags: {
      reads: [
        { call: 'isOn' },
        { hook: 'useFeatures' },
        { property: 'config.features' },
        { module: 'src/features' },
        { selector: 'select*Enabled' },
        { define: '__FEATURE_*' },
      ],
    },
  }),
);

const parts = [
  "import { OpenFeature } from '@openfeature/server-sdk';",
  "import { OpenFeature as Features, type Client } from '@openfeature/web-sdk';",
  "import { isOn as on, useFeatures } from './flags';",
  "import * as features from './features';",
  "const { LDClient } = require('@launchdarkly/node-server-sdk');",
  'const client = OpenFeature.getClient();',
  'let client: Client;\nexport function start() {\n  client = Features.getClient();\n}',
  'var client;',
  'export const config = { features: { search: true }, nested: { client } };',
  "export const KEYS = { search: 'new-search', pay: 'new-pay' } as const;\nexport enum More { One = 'one' }",
  "export const search = async () => (await client.getBooleanValue(KEYS.search, false)) && on('two');",
  'export function check(key: string) {\n  if (config.features.search) return __FEATURE_X;\n  return client.getBooleanValue(key, false);\n}',
  'export class Flags {\n  private readonly one = OpenFeature.getClient();\n  two = make();\n  three: Client;\n  constructor(four: Client) { this.three = four; }\n  all() { return this.one; }\n  get on() { return this.two; }\n}',
  'export const make = () => OpenFeature.getClient();\nexport const service = () => ({ client: make(), features });',
  'export interface Service { readonly client: Client; make(): Service; }\nexport type Makers = { make: () => Client };',
  'export default function Page({ config }: { config: Service }) {\n  const { search, pay = false } = useFeatures();\n  features.newCheckout();\n  return search ? useSelector(selectSearchEnabled) : pay;\n}',
  "export const later = async () => (await import('./features')).newCheckout() as import('./other').Other;",
  "import { withLDConsumer } from 'launchdarkly-react-client-sdk';",
  'function Shop(props) {\n  return props.flags.newShop ? 1 : 2;\n}',
  'export const Cart = ({ flags }) => (flags.newCart ? 1 : 2);',
  'export const Wrapped = withLDConsumer()(Shop);\nexport const Both = compose(withLDConsumer())(Cart);',
  'app.use((req, res, next) => { req.flags = client; next(); });',
  "app.get('/', (req, res) => res.send(req.flags.getBooleanValue('four', false)));",
  'module.exports.flags = { client, on };\nconfig.features = {};',
  '// @risk(auth): checked elsewhere; owner=web\nexport const enabled = on(KEYS.pay) || on(`new-search`);',
];

/** Text that is typed somewhere, whole or not. */
const typed = fc.constantFrom(
  ...['', '', ' ', '\n', 'x', '{', '}', '(', '/*', '*/', '// ', 'client', 'OpenFeature', 'var client = 1;', 'KEYS'],
  ...["on('three');", 'client = 2;', 'const client = null;', 'isOn as ', 'function on() {}', 'private ', 'export '],
);

/** Of syntax errors only counts whether there are any: a mended tree may hold one less of them than a new one. */
function comparable({ syntaxErrors, ...facts }: FileFacts): unknown {
  return { ...facts, broken: syntaxErrors > 0 };
}

describe('the facts of a text', () => {
  it('change with who wraps a component, in a statement of its own', () => {
    const text = (shown: string) =>
      `import { withLDConsumer } from 'launchdarkly-react-client-sdk';\nfunction Page(props) { return props.flags.a; }\nconst one = 1;\nconst two = 2;\nexport default ${shown};\n`;
    takeFacts('a.ts', text('Page'), recipe, true);
    const wrapped = text('withLDConsumer()(Page)');
    assert.deepEqual(takeFacts('a.ts', wrapped, recipe, true), takeFacts('b.ts', wrapped, recipe, true));
  });

  it('do not depend on an earlier text of the file', () => {
    let reads = 0;
    let derived = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { minLength: 2, maxLength: 9 }),
        fc.array(fc.record({ at: fc.nat(2000), drop: fc.nat(4), text: typed }), { minLength: 1, maxLength: 6 }),
        (chosen, edits) => {
          let text = `${chosen.join('\n\n')}\n`;
          const told = [{ text, facts: takeFacts('a.ts', text, recipe, true) }];
          for (const { at, drop, text: more } of edits) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + more + text.slice(from + drop);
            told.push({ text, facts: takeFacts('a.ts', text, recipe, true) });
          }
          // Under another name each, so that no earlier tree is at hand.
          for (const [index, one] of told.entries()) {
            assert.deepEqual(comparable(one.facts), comparable(takeFacts(`b${index}.ts`, one.text, recipe, true)));
            reads += one.facts.reads.length;
            derived += one.facts.names.filter((name) => name.origins !== undefined).length;
          }
        },
      ),
      { numRuns: Number(process.env.SWITCHYARD_RUNS ?? 100) },
    );
    assert.ok(reads > 20 && derived > 20, `${reads} reads, ${derived} names that derive from imports`);
  });
});
