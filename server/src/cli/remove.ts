import { neverCancelled } from '../core/cancellation.ts';
import type { SourceChange } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';
import type { Flag, FlagValue, Json } from '../flags/flag.ts';
import { testsIn } from '../session/test-paths.ts';
import { analysed } from './analysed.ts';
import { type ChangeOptions, checkOptions, report } from './change-report.ts';
import type { ExitCode, Face } from './face.ts';

export interface RemoveOptions extends ChangeOptions {
  readonly keep: string;
  readonly folder: string;
  /** False for `--no-typecheck`. */
  readonly typecheck: boolean;
}

const notAsked = { skip: '--no-typecheck was given' };

/** `switchyard remove`: takes flags out of code and definitions, as if each had always had the value that is kept. */
export async function remove(face: Face, keys: readonly string[], options: RemoveOptions): Promise<ExitCode> {
  checkOptions(options);
  const folder = face.openFolder(options.folder);
  const { inventory, world } = await analysed(face, folder);
  const wanted = [...new Set(keys)].sort().map((key) => {
    const flag = inventory.flags.get(key);
    if (flag === undefined)
      throw new UserError(`No flag '${key}' is read or defined here. 'switchyard flags' lists those that are known.`);
    return { flag, keep: valueFor(flag, options.keep) };
  });
  const change = await folder.session
    .removeFlags(
      wanted.map(({ flag, keep }) => ({ key: flag.key, keep })),
      neverCancelled,
      {
        progress: (done, all) => face.progress(done, all, 'Checking the types of'),
        ...(!options.typecheck && notAsked),
      },
    )
    .catch((error) => refusedWhole(error, wanted[0]!.flag));
  face.progressDone();
  const text = (path: string) => world.text(path) ?? folder.session.textOnDisk(path);
  return report(face, folder, change, { text, isTest: testsIn(world) }, options);
}

/**
 * The value that a person wrote: `true`, `false`, a number, an object or list as JSON, else a text; text where the flag is one, or in
 * double quotes.
 * @throws UserError for a boolean in capitals, which as a text would count as on
 */
export function valueFor(flag: Pick<Flag, 'definitions'>, written: string): Json {
  const isText = flag.definitions.length > 0 && flag.definitions.every((definition) => definition.type === 'string');
  if (/^".*"$/s.test(written)) return written.slice(1, -1);
  if (isText) return written;
  if (written === 'true' || written === 'false') return written === 'true';
  if (/^(true|false)$/i.test(written))
    throw new UserError(
      `--keep ${written} is a text. Write --keep ${written.toLowerCase()} for the boolean, or --keep '"${written}"' if you mean the text.`,
    );
  if (/^[[{]/.test(written)) return jsonOf(written);
  return number.test(written) ? Number(written) : written;
}

function jsonOf(written: string): Json {
  try {
    return JSON.parse(written) as Json;
  } catch {
    throw new UserError(`--keep ${written} begins like JSON, but is none. Write '"${written}"' if you mean the text.`);
  }
}

/** A value so that `valueFor` reads it back: a text that looks like something else in double quotes. */
export function writtenValue(value: FlagValue): string {
  if (typeof value !== 'string') return String(value);
  return /^(true|false|".*"|[[{].*|)$/is.test(value) || number.test(value) ? `"${value}"` : value;
}

const number = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A removal that cannot be made at all is one refusal, at the flag's first place. */
function refusedWhole(error: unknown, flag: Flag): SourceChange {
  if (!(error instanceof UserError)) throw error;
  const place = flag.reads[0] ?? flag.definitions[0];
  if (place === undefined) throw error;
  const refused = [{ path: place.path, range: place.range, reason: error.message }];
  return { title: `Remove flag '${flag.key}'`, files: [], refused };
}
