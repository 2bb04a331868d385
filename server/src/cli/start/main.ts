import { userCacheFolder } from '../../host/cache.ts';
import { openParts } from '../../host/compiled-parts.ts';

/** What is run as `switchyard`: it starts the command line, which is packed behind it, with code that an earlier run compiled. */

/** Seconds. In a shorter run (`--help`, a wrong option) too little was compiled to be worth keeping. */
const shortest = 0.4;

// Node's own name for it.
const isKept = !process.env.NODE_DISABLE_COMPILE_CACHE;
const parts = openParts(__filename, isKept ? userCacheFolder() : undefined, process.env.SWITCHYARD_PROGRAM ?? '');
process.on('exit', () => {
  if (process.uptime() > shortest) parts.keep();
});
parts.load('main.cjs');
