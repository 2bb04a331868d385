import fs from 'node:fs';
import path from 'node:path';

/** `contributes.configuration` in package.json, from the zod schema of the settings. */
export async function packageJson(root: string): Promise<Map<string, string>> {
  const { settingProperties } = await import('../../server/src/protocol/settings.ts');
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  manifest.contributes = {
    ...manifest.contributes,
    configuration: { title: 'Switchyard', properties: settingProperties() },
  };
  return new Map([['package.json', `${JSON.stringify(manifest, null, 2)}\n`]]);
}
