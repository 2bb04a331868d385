// A Chromium for the workbench in the browser: found and tried, or installed where that is possible.
import { Problem, run, step } from '../lib/step.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/usr/bin/chromium',
  ...names,
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The executable of a Chromium that starts. @throws Problem where there is none and none can be installed. */
export async function installChromium(env = process.env) {
  const named = env.CHROMIUM;
  if (named) {
    if (await starts(named)) return named;
    throw new Problem(
      `CHROMIUM names ${named}, which does not start: name a Chromium or Chrome executable, or unset it.`,
    );
  }
  const found = await findChromium();
  if (found) return found;
  const apt = (await run('apt-get', ['--version'])).code === 0;
  if (!apt || process.getuid?.() !== 0)
    throw new Problem(
      'No Chromium was found, and only root on Debian can install one here: install Chromium or Chrome, or name one in the environment variable CHROMIUM.',
    );
  await step('installing Chromium (apt-get)', aptInstall);
  const installed = await findChromium();
  if (installed) return installed;
  throw new Problem('apt-get installed Chromium, but it does not start: run `chromium --version` to see why.');
}

async function findChromium() {
  for (const place of places) if (await starts(place)) return place;
  return undefined;
}

async function starts(executable) {
  const { code, output } = await run(executable, ['--version']);
  return code === 0 && /\b(Chromium|Chrome)\b/.test(output);
}

async function aptInstall() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { code, output } = await run('apt-get', args, { env });
    // apt-get update also ends well where no mirror was reached; then the install says it.
    if (code === 0) continue;
    const network = /Temporary failure resolving|Could not connect|Unable to connect|Failed to fetch/.test(output);
    throw new Problem(
      network || /Unable to locate package|no installation candidate/.test(output)
        ? 'apt-get cannot fetch Chromium: connect to the network (or mend /etc/apt/sources.list), or name a browser in the environment variable CHROMIUM.'
        : `apt-get ${args[0]} failed; mend what it says and run this again:\n${output.trim()}`,
    );
  }
}
