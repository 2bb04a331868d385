import { Command, Option } from 'commander';
import { healths, sortings } from '../session/flag-rows.ts';
import { check } from './check.ts';
import type { ExitCode, Face } from './face.ts';
import { flags } from './flags.ts';
import { init } from './init.ts';
import { remove } from './remove.ts';
import { wrap } from './wrap.ts';

/** The command line's words: what can be asked, and how `--help` explains it. `ended` is told each command's exit code. */
export function program(face: Face, version: string, ended: (code: ExitCode) => void): Command {
  const main = new Command('switchyard')
    .description(
      'Delivery-aware coding for TypeScript and JavaScript: risky changes, dead feature flags, missing tests.',
    )
    .version(version)
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => face.out(text), writeErr: (text) => face.err(text) });
  addCheck(main, face, ended);
  addFlags(main, face, ended);
  addRemove(main, face, ended);
  addWrap(main, face, ended);
  addInit(main, face, ended);
  return main.addHelpText('after', exitText);
}

type Ended = (code: ExitCode) => void;

const exitText = `
Exit codes:
  0  nothing at or above the threshold
  1  findings
  2  wrong use or policy
  3  a removal or wrap that was refused or is partial`;

const textOrJson = () => new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');

function addCheck(main: Command, face: Face, ended: Ended): void {
  main
    .command('check')
    .description('Say what in this change could hurt production and is not under control.')
    .argument('[folder]', 'the folder to look at', '.')
    .option('--base <ref>', 'the branch, tag or commit to compare with (default: the default branch)')
    .option('--staged', 'only what is staged, against the last commit: for a hook before a commit')
    .option('--all', 'dead weight outside this change, too')
    .addOption(textOrJson())
    .addOption(
      new Option('--fail-on <what>', 'end with 1 at this verdict, or from this severity on')
        .choices(['needs-a-look', 'not-ready', 'error', 'warning', 'info', 'never'])
        .default('needs-a-look'),
    )
    .addHelpText(
      'after',
      examples(
        'switchyard check',
        'switchyard check --base origin/release',
        'switchyard check packages/shop --all --format json',
      ),
    )
    .action(async (folder, options) => ended(await check(face, folder, { all: false, ...options })));
}

function addFlags(main: Command, face: Face, ended: Ended): void {
  main
    .command('flags')
    .description(
      'List the feature flags: where they are defined and read, and which are dead weight. With a key, tell all of one.',
    )
    .argument('[key]', 'the flag to tell all of; a folder here is the folder to look at')
    .argument('[folder]', 'the folder to look at (default: ".")')
    .option('--folder <folder>', 'the folder, where a key is called like one')
    .addOption(new Option('--health <health...>', 'only flags of this health').choices(healths))
    .option('--owner <owner>', "only flags of this owner; 'none' for those without one")
    .addOption(new Option('--sort <by>', 'in which order; the default gives each health a table').choices(sortings))
    .option('--age', 'ask git since when a flag is mentioned, where nothing else tells its age')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'json', 'csv', 'markdown']).default('text'),
    )
    .addHelpText(
      'after',
      examples(
        'switchyard flags',
        'switchyard flags new-checkout',
        'switchyard flags packages/shop --format json',
        'switchyard flags --health constant expired stale --owner payments --sort age',
      ),
    )
    .action(async (key, folder, options) =>
      ended(await flags(face, key, folder, { ...options, health: options.health ?? [] })),
    );
}

function addRemove(main: Command, face: Face, ended: Ended): void {
  const command = main
    .command('remove')
    .description('Take flags out of the code and its definitions, as if each had always had one value.')
    .argument('<key...>', 'the flags to remove')
    .requiredOption('--keep <value>', 'the value that stays: true, false, a number, JSON, or a text ("5" is a text)')
    .option('--no-typecheck', 'do not compare what the type checker says before and after');
  addChangeOptions(command)
    .addHelpText(
      'after',
      examples(
        'switchyard remove new-checkout --keep true',
        'switchyard remove new-checkout new-cart --keep true --write',
        'switchyard remove new-checkout --keep true --write --format-with "prettier --write"',
        'switchyard remove layout --keep wide --patch | git apply',
      ),
    )
    .action(async (keys, options) => ended(await remove(face, keys, { write: false, patch: false, ...options })));
}

function addWrap(main: Command, face: Face, ended: Ended): void {
  const command = main
    .command('wrap')
    .description('Put statements behind a flag, with the code of the base as the off side.')
    .argument('<file:start-end>', 'a file and its lines, counted from 1')
    .requiredOption('--flag <key>', 'the flag that decides');
  addChangeOptions(command)
    .addHelpText(
      'after',
      examples(
        'switchyard wrap src/cart.ts:12-18 --flag new-cart',
        'switchyard wrap src/cart.ts:12 --flag new-cart --write',
      ),
    )
    .action(async (target, options) => ended(await wrap(face, target, { write: false, patch: false, ...options })));
}

function addInit(main: Command, face: Face, ended: Ended): void {
  main
    .command('init')
    .description('Say how this folder reads and defines its flags, with the evidence, and make a policy to start from.')
    .argument('[folder]', 'the folder to look at', '.')
    .option('--write', 'write switchyard.jsonc; without it the policy is printed')
    .option('--force', 'write it also where there is one')
    .addHelpText('after', examples('switchyard init', 'switchyard init packages/shop --write'))
    .action(async (folder, options) => ended(await init(face, folder, { write: false, force: false, ...options })));
}

function addChangeOptions(command: Command): Command {
  return command
    .option('--folder <folder>', 'the folder to look at', '.')
    .option('--write', 'change the files; without it a unified diff is printed')
    .option('--format-with <command>', 'after --write, run this command with the changed files as its last arguments')
    .option('--patch', 'print the diff alone, for git apply')
    .addOption(textOrJson());
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
