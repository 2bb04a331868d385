import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CommanderError } from 'commander';
import picocolors from 'picocolors';
import manifest from '../../../package.json' with { type: 'json' };
import { UserError } from '../core/user-error.ts';
import { userCacheFolder } from '../host/cache.ts';
import { checkFolder } from '../host/files.ts';
import { nodeHost } from '../host/node-host.ts';
import { runCommand } from '../host/run-command.ts';
import { serveTypeChecks, typeCheckArgument } from '../host/type-checker.ts';
import { createSession } from '../session/session.ts';
import { type ExitCode, exitCodes, type Face, type OpenFolder } from './face.ts';
import { program } from './program.ts';
import { openProgress } from './progress.ts';

/** The entry point of the command line. */
async function main(): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe: that is no failure.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? process.exitCode : 1));
  const face = terminal();
  const ended = (code: ExitCode) => {
    process.exitCode = code;
  };
  try {
    await program(face, manifest.version, ended).parseAsync();
  } catch (error) {
    face.progressDone();
    process.exitCode = tell(error, face);
  }
}

function terminal(): Face {
  const line = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  const progress = openProgress(process.stderr);
  return {
    out: (text) => process.stdout.write(line(text)),
    err: (text) => process.stderr.write(line(text)),
    paint: picocolors.createColors(hasColours(process.stdout)),
    paintErr: picocolors.createColors(hasColours(process.stderr)),
    width: widthOf(process.stdout),
    progress: progress.show,
    progressDone: progress.clear,
    isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    openFolder,
  };
}

/** See no-color.org and force-color.org: what the person asked for goes before what the stream can do. */
function hasColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

/** `COLUMNS` is how a person, or a test, gives another one. */
function widthOf(stream: NodeJS.WriteStream): number | undefined {
  const given = Number(process.env.COLUMNS);
  return Number.isInteger(given) && given > 0 ? given : stream.isTTY ? stream.columns : undefined;
}

function openFolder(name: string, { base, staged }: { base?: string; staged?: boolean } = {}): OpenFolder {
  const root = resolve(name);
  checkFolder(root);
  // Who runs this here could run `tsc` as well.
  const host = nodeHost(root, userCacheFolder(), { entry: process.argv[1]!, trusted: true });
  return {
    name,
    session: createSession({ host, ...(base !== undefined && { base }), ...(staged && { staged }) }),
    locate: (file) => {
      // As a shell completes it, else as Switchyard itself prints it: relative to the folder.
      const paths = [resolve(file), resolve(root, file)].map((path) => relative(root, path));
      const inside = paths.filter((path) => path !== '' && !/^\.\.($|[\\/])/.test(path) && !isAbsolute(path));
      const path = inside.find((one) => host.files.stat(one) !== undefined) ?? inside[0];
      return path?.split(sep).join('/');
    },
    write: (changes) => host.files.write(changes),
    run: (command, files) => runCommand(root, [...command, ...files]),
  };
}

/** One sentence for what a person did wrong; a stack only for what is wrong with Switchyard itself. */
function tell(error: unknown, face: Face): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.wrongUse;
  if (error instanceof UserError) face.err(error.message);
  else face.err(`Switchyard failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return exitCodes.wrongUse;
}

if (process.argv[2] === typeCheckArgument) void serveTypeChecks();
else void main();
