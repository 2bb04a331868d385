// npm as a child process.
import { Problem, run } from './step.mjs';

const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** Runs npm in a folder. @throws Problem that names the cause: the registry out of reach, or npm's own last words. */
export async function npm(args, cwd, what) {
  // npm's own waits between attempts (up to a minute) leave a person without a network in the dark.
  const patience = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];
  const { code, output } = await run('npm', [...args, ...patience, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: ownEnvironment(),
  });
  if (code === 0) return;
  const network = unreachable.exec(output);
  if (network)
    throw new Problem(
      `npm cannot reach its registry (${network[0]}) to install ${what}: connect to the network, or name a registry with \`npm config set registry\`, and run this again.`,
    );
  throw new Problem(
    `npm ${args[0]} failed for ${what} in ${cwd}; mend what it says and run this again:\n${output.trim()}`,
  );
}

/** The environment without what an outer `npm test` says about this repository: it would lead the inner npm here. */
function ownEnvironment() {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle)_|^npm_(command|config_local_prefix|config_omit)$/i.test(name)) delete env[name];
  delete env.NODE_ENV;
  return env;
}
