import { basename, dirname, extname } from '../../core/paths.ts';
import type { TestReach } from '../../testing/reach.ts';
import type { RuleInput } from '../rule.ts';
import { isSetApart, isTooling } from './set-apart.ts';

/** Files of code by their folder, folders by the one around them, and what was told of a folder. */
interface Told {
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly beside: ReadonlyMap<string, readonly string[]>;
  readonly answers: Map<string, boolean>;
}

const known = new WeakMap<TestReach, Told>();

/** Whether code like a file is tested here: of the files around it, a test imports at least one in five directly. */
export function isTestedBeside(path: string, input: RuleInput): boolean {
  const { reach } = input;
  if (!reach.hasTestsBeside(path)) return false;
  const told = known.get(reach) ?? foldersOf(input);
  known.set(reach, told);
  const folder = dirname(path);
  const answer = told.answers.get(folder) ?? tell(folder, told, reach);
  told.answers.set(folder, answer);
  return answer;
}

function foldersOf({ files }: RuleInput): Told {
  const byFolder = new Map<string, string[]>();
  for (const path of files.paths()) {
    const folder = dirname(path);
    const some = byFolder.get(folder);
    if (some) some.push(path);
    else byFolder.set(folder, [path]);
  }
  const beside = new Map<string, string[]>();
  for (const folder of byFolder.keys()) {
    const parent = dirname(folder);
    beside.set(parent, [...(beside.get(parent) ?? []), folder]);
  }
  return { files: byFolder, beside, answers: new Map() };
}

/** Fewer files than these in a folder say little: those of the folders beside it count as well. */
const fewFiles = 5;

function tell(folder: string, { files, beside }: Told, reach: TestReach): boolean {
  const near = (files.get(folder) ?? []).filter(isCode);
  const others = near.length < fewFiles ? (beside.get(dirname(folder)) ?? []) : [];
  const around = [...near, ...others.flatMap((one) => (one === folder ? [] : (files.get(one) ?? []).filter(isCode)))];
  // One of them is the file itself, which no test imports.
  return around.filter((one) => reach.isTested(one)).length * 5 >= Math.max(1, around.length - 1);
}

/** Not what declares types, or only passes on. */
function isCode(path: string): boolean {
  return (
    /^\.[cm]?[jt]sx?$/.test(extname(path)) &&
    !isSetApart(path) &&
    !isTooling(path) &&
    !/^(?:index|types?|constants?|interfaces?)\.|\.(?:types?|interface|dto|module|constants?)\./.test(basename(path))
  );
}
