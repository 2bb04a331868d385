/**
 * Writes everything that follows from the source: the registries of rules and fixes, the pages of rules and SDKs, the settings and the
 * policy's schema and pages. `--check` writes nothing and fails when something is stale.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from './generate/format.ts';
import { jsonSchemas } from './generate/json-schemas.ts';
import { packageJson } from './generate/package-json.ts';
import { registries } from './generate/registries.ts';
import { rulePages } from './generate/rule-pages.ts';
import { sdkPage } from './generate/sdk-page.ts';
import { settingsPages } from './generate/settings-pages.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

const stale: string[] = [];
// Registries first: what follows imports them.
for (const make of [registries, jsonSchemas, packageJson, rulePages, settingsPages, sdkPage]) {
  for (const [file, text] of format(root, await make(root))) {
    const target = path.join(root, file);
    if (fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text) continue;
    stale.push(file);
    if (check) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}

if (stale.length === 0) console.log('generated files are up to date');
else if (check) {
  console.error(`stale: ${stale.join(', ')}\nRun "npm run generate" and commit what it writes.`);
  process.exitCode = 1;
} else console.log(`wrote ${stale.join(', ')}`);
