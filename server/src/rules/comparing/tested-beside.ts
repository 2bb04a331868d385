import { basename, dirname, extname } from '../../core/paths.ts';
import type { TestReach } from '../../testing/reach.ts';
import type { RuleInput } from '../rule.ts';
import { isSetApart, isTooling } from './set-apart.ts';

const known = new WeakMap<TestReach, Map<string, boolean>>();

/** Whether code like a file is tested here: of the files around it, a test imports at least one in five directly. */
export function isTestedBeside(path: string, input: RuleInput): boolean {
  const { reach } = input;
  if (!reach.hasTestsBeside(path)) return false;
  const answers = known.get(reach) ?? new Map<string, boolean>();
  known.set(reach, answers);
  const folder = dirname(path);
  const answer = answers.get(folder) ?? tell(folder, path, input);
  answers.set(folder, answer);
  return answer;
}

/** Fewer files than these in a folder say little: those of the folders beside it count as well. */
const fewFiles = 4;

function tell(folder: string, path: string, { files, reach }: RuleInput): boolean {
  const parent = dirname(folder);
  const near: string[] = [];
  const beside: string[] = [];
  for (const one of files.paths()) {
    if (!one.startsWith(parent === '' ? '' : `${parent}/`) || !isCode(one) || one === path) continue;
    const at = dirname(one);
    if (at === folder) near.push(one);
    else if (dirname(at) === parent) beside.push(one);
  }
  const around = near.length < fewFiles ? [...near, ...beside] : near;
  return around.filter((one) => reach.isTested(one)).length * 5 >= Math.max(1, around.length);
}

/** Not what declares types, or only passes on. */
function isCode(path: string): boolean {
  const name = basename(path);
  return (
    /^\.[cm]?[jt]sx?$/.test(extname(path)) &&
    !isSetApart(path) &&
    !isTooling(path) &&
    !/^(?:index|types?|constants?|interfaces?)\.|\.(?:types?|interface|dto|module|constants?)\./.test(name)
  );
}
