import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { constants, Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { hashText } from '../core/hash.ts';

/** The parts of a bundled program: CommonJS files that require each other. */
export interface Parts {
  /** What a part exports; it is run when it is asked for the first time. @param file its absolute path */
  load(file: string): unknown;
  /** Writes what was compiled of parts of which nothing was kept, for the next start. Never throws. */
  keep(): void;
}

interface Part {
  readonly module: { exports: unknown };
  readonly script: Script;
  /** Where its code is kept, and whether what stands there is what it runs with. */
  readonly code: string;
  readonly isKept: boolean;
}

/**
 * Loads the parts of a program with the code that an earlier run compiled: parsing them takes longer than most of what they are asked. What
 * is kept is code that will be run: it is taken only from a file that this user alone can write. Damage, another version of Node or another build mean that the part
 * is compiled as ever.
 * @param cacheFolder where code is kept; made when missing
 * @param program names the build
 */
export function openParts(cacheFolder: string, program: string): Parts {
  const parts = new Map<string, Part>();
  const build = hashText(`${program} ${process.version} ${process.arch}`);
  // V8 itself looks at nothing of a text but its length.
  const codeOf = (file: string) => {
    const { size, mtimeMs } = statSync(file);
    return join(cacheFolder, `code-${build}-${hashText(`${file} ${size} ${mtimeMs}`)}.bin`);
  };

  function load(file: string): unknown {
    const known = parts.get(file);
    if (known) return known.module.exports;
    const source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
    const code = codeOf(file);
    const cachedData = readCode(code);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
      filename: file,
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
    parts.set(file, part);
    const { module } = part;
    const outside = createRequire(file);
    const within = (id: string) => (/^\.\.?\//.test(id) ? load(resolve(dirname(file), id)) : outside(id));
    script.runInThisContext().call(module.exports, module.exports, within, module, file, dirname(file));
    return module.exports;
  }

  return {
    load,
    keep() {
      for (const { script, code, isKept } of parts.values())
        if (!isKept) writeCode(code, cacheFolder, script.createCachedData());
    },
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
