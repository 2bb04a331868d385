// `npm run package`: builds, and packs the extension into switchyard-<version>.vsix. Prints its size and guards it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { installBasics } from './install.mjs';
import { root } from './lib/paths.mjs';
import { main, Problem } from './lib/step.mjs';

/** About a tenth over what it is, so that a second compiler or a forgotten folder is noticed at once. In bytes. */
const sizeGuard = 2_700_000;

/** Makes the VSIX and gives its path. @throws Problem when it is larger than the guard. */
export async function makeVsix() {
  await build();
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, `switchyard-${version}.vsix`);
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({
    cwd: root,
    packagePath: vsix,
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  const { size } = fs.statSync(vsix);
  if (size > sizeGuard)
    throw new Problem(
      `${vsix} has ${megabytes(size)}, more than the ${megabytes(sizeGuard)} that scripts/package.mjs allows.`,
    );
  return { vsix, size };
}

export function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => {
    await installBasics();
    const { vsix, size } = await makeVsix();
    process.stdout.write(`${vsix}: ${megabytes(size)}\n`);
  });
