import { type TempFolder, tempRepository } from './temp-folder.ts';

const flags = `{
  "flags": {
    "new-checkout": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "on"
    },
    "layout": {
      "state": "ENABLED",
      "variants": { "wide": "wide", "narrow": "narrow" },
      "defaultVariant": "wide"
    },
    "forgotten": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off"
    },
    "gradual": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off",
      "targeting": { "fractional": [["on", 10], ["off", 90]] }
    }
  }
}
`;

const pay = `import { OpenFeature } from '@openfeature/server-sdk';
import { charge } from './charge';

const client = OpenFeature.getClient();

export async function pay(user: string): Promise<string> {
  try {
    await charge(user);
  } catch {
    return 'failed';
  }
  if (await client.getBooleanValue('new-checkout', false)) {
    return 'new';
  } else {
    return 'old';
  }
}
`;

const charge = `export async function charge(user: string): Promise<void> {
  if (user === '') throw new Error('nobody');
}
`;

const page = `import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

export async function page(name: string): Promise<string> {
  const wide = (await client.getStringValue('layout', 'narrow')) === 'wide';
  const slow = await client.getBooleanValue('gradual', false);
  const any = await client.getBooleanValue(name, false);
  return [wide, slow, any].join();
}
`;

/** A small shop on a branch: its change lost a catch, reads a flag that does not exist, and added a function without a test. */
export function shop(): TempFolder {
  const folder = tempRepository({
    'flags.flagd.json': flags,
    'src/pay.ts': pay,
    'src/charge.ts': charge,
    'src/page.ts': page,
    'test/page.test.ts':
      "import { page } from '../src/page';\n\nit('is wide', async () => {\n  await page('x');\n});\n",
  });
  folder.git('switch', '-q', '-c', 'feature');
  folder.write({
    'src/pay.ts': pay
      .replace("  try {\n    await charge(user);\n  } catch {\n    return 'failed';\n  }\n", '  await charge(user);\n')
      .concat(`
export async function discount(total: number): Promise<number> {
  if (total > 100 && (await client.getBooleanValue('new-chekout', false))) return total / 2;
  return total;
}
`),
  });
  folder.commit('change');
  return folder;
}
