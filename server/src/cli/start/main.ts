import { join } from 'node:path';
import { userCacheFolder } from '../../host/cache.ts';
import { openParts } from '../../host/compiled-parts.ts';

/** What is run as `switchyard`: it starts the command line, which is built beside it, with code that an earlier run compiled. */
const main = join(__dirname, 'cli', 'main.cjs');
/** Seconds. In a shorter run (`--help`, a wrong option) too little was compiled to be worth keeping. */
const shortest = 0.4;

// Processes that it starts of itself need no help of this one.
process.argv[1] = main;
// Node's own name for it.
if (process.env.NODE_DISABLE_COMPILE_CACHE) require(main);
else {
  const parts = openParts(userCacheFolder(), process.env.SWITCHYARD_PROGRAM ?? '');
  process.on('exit', () => {
    if (process.uptime() > shortest) parts.keep();
  });
  parts.load(main);
}
