import { constants, createContext, runInContext, Script } from 'node:vm';
import type { Flags } from './programs.ts';

/** What a program did: its log, and the exception that ended it; undefined where it cannot be run. */
export type Behaviour = readonly string[] | undefined;

/** Runs a program with its flags fixed, what it leaves to promises included. */
export function runProgram(text: string, flags: Flags): Behaviour {
  try {
    const script = new Script(`(function (${parameters}) {${text}\n})`, { filename: 'program.js' });
    realm.take(script.runInContext(context), JSON.stringify(flags));
    runInContext('run()', context, { timeout: 1000 });
  } catch {
    return undefined;
  }
  const log = realm.told();
  return log.length < 3000 ? [...log] : undefined;
}

const parameters = 'log, apply, tag, later, flag, fetchFlag, details, fetchDetails, useFlags, getUser, module';

interface Realm {
  take(program: unknown, flags: string): void;
  told(): readonly string[];
}

/** Promises are settled before a run returns. One context serves all programs: each is a function of its own. */
const context = createContext(
  // An ordinary global object: reading from one that reflects an object of ours takes most of the time.
  (constants as unknown as { DONT_CONTEXTIFY?: object }).DONT_CONTEXTIFY ?? {},
  { microtaskMode: 'afterEvaluate' },
);
const realm = runInContext(
  `
  (() => {
    let program, flags, log;
    const show = (value) => {
      if (typeof value === 'function') return 'function';
      if (typeof value === 'string') return JSON.stringify(/^(Type|Reference)Error/.test(value) ? value.slice(0, 9) : value);
      if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
      if (value instanceof Error) return /^(Type|Reference)Error/.test(value.name) ? value.name : String(value);
      return JSON.stringify(value, (_, part) => (part === undefined ? 'undefined' : part));
    };
    const note = (text) => {
      if (log.length >= 3000) throw new Error('too long');
      log.push(text);
    };
    const noted = (...args) => {
      note(args.map(show).join(' '));
      return args[1];
    };
    const apply = (callee, arg) => callee(arg);
    const tag = (parts, ...values) => parts.join('') + values.map(show).join();
    const details = (key) => ({ value: flags[key], reason: 'fixed' });
    globalThis.run = async () => {
      const tasks = [];
      try {
        program(noted, apply, tag, (task) => void tasks.push(task), (key) => flags[key], async (key) => flags[key], details,
          async (key) => details(key), () => ({ ...flags }), () => ({}), {});
      } catch (error) {
        note('threw ' + show(error));
      }
      for (const task of tasks)
        try {
          note('ended ' + show(await task()));
        } catch (error) {
          note('rejected ' + show(error));
        }
    };
    return {
      take(next, fixed) {
        program = next;
        flags = JSON.parse(fixed);
        log = [];
      },
      told: () => log,
    };
  })()
`,
  context,
) as Realm;
