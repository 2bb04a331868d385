import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { constants, Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { hashText } from '../core/hash.ts';

/** The parts of a bundled program: CommonJS modules that require each other, packed into one file by `scripts/lib/pack-parts.mjs`. */
export interface Parts {
  /** What a part exports; it is run when it is asked for the first time. @param name `main.cjs` */
  load(name: string): unknown;
  /** Writes what was compiled of parts of which nothing was kept, for the next start. Never throws. */
  keep(): void;
}

interface Part {
  readonly module: { exports: unknown };
  readonly script: Script;
  /** Where its code is kept, and whether what stands there is what it runs with. */
  readonly code: string | undefined;
  readonly isKept: boolean;
}

/**
 * Loads the parts of a program with the code that an earlier run compiled: parsing them takes longer than most of what they are asked. What
 * is kept is code that will be run: it is taken only from a file that this user alone can write. Damage, another version of Node or another build mean that the part
 * is compiled as ever.
 * @param bundle the absolute path of the file that holds the parts
 * @param cacheFolder where code is kept; made when missing. Undefined where nothing shall be kept
 * @param program names the build
 */
export function openParts(bundle: string, cacheFolder: string | undefined, program: string): Parts {
  const parts = new Map<string, Part>();
  const textOf = partsIn(bundle);
  const build = hashText(`${program} ${process.version} ${process.arch}`);
  const { size, mtimeMs } = statSync(bundle);
  // V8 itself looks at nothing of a text but its length.
  const codeOf = (name: string) =>
    cacheFolder && join(cacheFolder, `code-${build}-${hashText(`${bundle} ${size} ${mtimeMs} ${name}`)}.bin`);
  const outside = createRequire(bundle);

  function load(name: string): unknown {
    const known = parts.get(name);
    if (known) return known.module.exports;
    const code = codeOf(name);
    const cachedData = code === undefined ? undefined : readCode(code);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${textOf(name)}\n})`, {
      filename: join(dirname(bundle), name),
      ...(cachedData && { cachedData }),
      // Warns that it may change: no part but those that run by themselves imports anything so.
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const part: Part = {
      module: { exports: {} },
      script,
      code,
      isKept: cachedData !== undefined && !script.cachedDataRejected,
    };
    // Before it runs: parts require each other in a circle.
    parts.set(name, part);
    const { module } = part;
    const within = (id: string) => (/^\.\.?\//.test(id) ? load(posix.join(posix.dirname(name), id)) : outside(id));
    script.runInThisContext().call(module.exports, module.exports, within, module, bundle, dirname(bundle));
    return module.exports;
  }

  return {
    load,
    keep() {
      for (const { script, code, isKept } of parts.values())
        if (cacheFolder !== undefined && code !== undefined && !isKept)
          writeCode(code, cacheFolder, script.createCachedData());
    },
  };
}

/** The texts of the parts by name: they stand in a comment, which the parser skips, and the last line tells where. */
function partsIn(bundle: string): (name: string) => string {
  const bytes = readFileSync(bundle);
  const index = JSON.parse(bytes.toString('utf8', bytes.lastIndexOf('\n//') + 3)) as Record<string, [number, number]>;
  return (name) => {
    const place = index[name];
    if (!place) throw new Error(`'${bundle}' holds no part called '${name}'`);
    return bytes.toString('utf8', ...place).replaceAll('*\0/', '*/');
  };
}

/** Undefined where nothing sound is there, or somebody else could have written it. */
function readCode(file: string): Buffer | undefined {
  try {
    const { uid, mode } = statSync(file);
    if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
    const all = readFileSync(file);
    const code = all.subarray(4);
    return all.readUInt32LE(0) === crc32(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function writeCode(file: string, folder: string, code: Buffer): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(folder, { recursive: true });
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(code));
    writeFileSync(temporary, Buffer.concat([sum, code]), { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    // A full or read-only disk: the next start takes longer.
    rmSync(temporary, { force: true });
  }
}
