import type { SourceChange } from '../core/source-change.ts';
import { LineMap, type TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { testsIn } from '../session/test-paths.ts';
import { analysed } from './analysed.ts';
import { type ChangeOptions, checkOptions, report } from './change-report.ts';
import type { ExitCode, Face } from './face.ts';

export interface WrapOptions extends ChangeOptions {
  readonly flag: string;
  readonly folder: string;
}

/** `switchyard wrap`: puts statements behind a flag, with the code of the base as the off side. */
export async function wrap(face: Face, target: string, options: WrapOptions): Promise<ExitCode> {
  checkOptions(options);
  const { file, first, last } = parseTarget(target);
  const folder = face.openFolder(options.folder);
  const path = folder.locate(file);
  if (path === undefined) throw new UserError(`${file} is not below ${folder.name}; name its folder with --folder.`);
  const { world } = await analysed(face, folder);
  const text = world.paths.includes(path) ? world.text(path) : undefined;
  if (text === undefined)
    throw new UserError(
      `${file} is not analysed: it does not exist, is no source file, is ignored, or is left out by the policy.`,
    );
  const range = rangeOfLines(text, file, first, last);
  const change = await folder.session
    .wrap(path, range, options.flag)
    .catch((error) => refusedWhole(error, path, range, options.flag));
  return report(face, folder, change, { text: world.text, isTest: testsIn(world) }, options);
}

/** `FILE:START-END` or `FILE:LINE`, lines from 1, both ends included. @throws UserError for anything else. */
export function parseTarget(target: string): { file: string; first: number; last: number } {
  const parts = /^(.+):(\d+)(?:-(\d+))?$/s.exec(target);
  if (parts === null)
    throw new UserError(`'${target}' names no lines: write FILE:START-END, for example src/cart.ts:12-18.`);
  const [file, first, last] = [parts[1]!, Number(parts[2]), Number(parts[3] ?? parts[2])];
  if (first < 1) throw new UserError(`'${target}' starts at line 0: lines count from 1.`);
  if (last < first) throw new UserError(`'${target}' ends before it starts: write the first line first.`);
  return { file, first, last };
}

/** From the start of the first line to the end of the last one, without its line break. */
function rangeOfLines(text: string, file: string, first: number, last: number): TextRange {
  const lines = new LineMap(text);
  const count = lines.lineCount - (/[\r\n]$/.test(text) ? 1 : 0);
  if (last > count) throw new UserError(`${file} has ${count} lines; there is no line ${last}.`);
  const start = lines.lineStart(first - 1);
  const end = lines.lineStart(last);
  return { start, end: start + text.slice(start, end).replace(/\r?\n$|\r$/, '').length };
}

function refusedWhole(error: unknown, path: string, range: TextRange, key: string): SourceChange {
  if (!(error instanceof UserError)) throw error;
  return { title: `Wrap in flag '${key}'`, files: [], refused: [{ path, range, reason: error.message }] };
}
