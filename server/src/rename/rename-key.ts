import { count } from '../core/count.ts';
import { type FileChange, type Refusal, type SourceChange, sortEdits, type TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import type { World } from '../fixes/fix.ts';
import type { Flag } from '../flags/flag.ts';
import { keySpan, type Occurrence, occurrencesOf } from '../flags/symbols.ts';
import { definitionEdits } from './definition-edits.ts';
import { keyProblem } from './key-problem.ts';
import { mentionsOf } from './mentions.ts';
import { obstacleOf, type Spot, spots } from './obstacles.ts';
import { readEdit } from './read-edit.ts';

/** A flag under another key. */
export interface Renaming {
  /** What is certain. Places of generated files are refused: they are written anew from what changed. */
  readonly change: SourceChange;
  /** Texts that hold the key and are no read, with the edits that would change them: only a person knows what they mean. */
  readonly mentions: readonly FileChange[];
}

/**
 * Changes a key everywhere: in reads, in constants and registries that they take it from, in definition files and tests. Names
 * of constants and members stay. Either every place changes, generated files apart, or none.
 * @throws UserError where a read might hold the key without saying so, where a place cannot be changed, where the new key is
 * taken or not possible
 */
export function renameKey(key: string, to: string, world: World): Renaming {
  const flag = world.inventory.flags.get(key);
  if (!flag) throw new UserError(`No flag '${key}' is read or defined here.`);
  const title = `Rename the flag '${key}' to '${to}'`;
  if (to === key) return { change: { title, files: [], refused: [] }, mentions: [] };
  const problem = keyProblem(flag, to, world.inventory) ?? obstacleOf(key, world);
  if (problem !== undefined) throw new UserError(problem);
  const { edits, generated, blocked } = editsOf(flag, to, world);
  if (blocked.length > 0) throw new UserError(blockedSentence(key, blocked, world));
  const files = [...edits].map(([path, list]): FileChange => ({ path, before: world.text(path), edits: list }));
  const mentions: FileChange[] = [];
  for (const file of mentionsOf(key, to, files, world))
    if (!world.facts(file.path)?.generated) mentions.push(file);
    else if (!generated.has(file.path)) generated.set(file.path, file.edits[0]!.range);
  const refused = [...generated].map(([path, range]): Refusal => {
    return { path, range, reason: `${path} is generated: run its generator again.` };
  });
  if (files.length === 0 && refused.length > 0)
    throw new UserError(
      `'${key}' stands in generated files only (${spots(refused, world)}): rename it at their source.`,
    );
  return { change: { title, files, refused }, mentions };
}

interface Blocked extends Spot {
  readonly reason: string;
}

function editsOf(flag: Flag, to: string, world: World) {
  const edits = new Map<string, TextEdit[]>();
  const generated = new Map<string, TextRange>();
  const blocked: Blocked[] = [];
  const all = new Map<string, Map<string, TextEdit>>();
  for (const one of occurrencesOf(world, flag.key)) {
    if (one.role === 'read' && one.named) continue;
    const { path, range } = one;
    const text = world.text(path);
    if (text === undefined) continue;
    const facts = world.facts(path);
    if (facts?.generated) {
      if (!generated.has(path)) generated.set(path, range);
      continue;
    }
    if (facts !== undefined && facts.syntaxErrors > 0) {
      blocked.push({ path, range, reason: 'a file with syntax errors' });
      continue;
    }
    const found = editsAt(one, text, to, world);
    if (typeof found === 'string') {
      blocked.push({ path, range, reason: found });
      continue;
    }
    const ofFile = all.get(path) ?? new Map<string, TextEdit>();
    all.set(path, ofFile);
    for (const edit of found) ofFile.set(`${edit.range.start}:${edit.range.end}`, edit);
  }
  for (const path of [...all.keys()].sort()) edits.set(path, sortEdits([...all.get(path)!.values()]));
  return { edits, generated, blocked };
}

/** The edits at one place, or what the place is that cannot be changed. */
function editsAt(one: Occurrence, text: string, to: string, world: World): readonly TextEdit[] | string {
  if (one.role === 'definition') return definitionEdits(one.definition, to, text);
  if (one.role === 'read') return readEdit(one.read, text, to, world);
  const span = keySpan(text, one.range, one.key);
  if (one.role === 'policy')
    return [{ range: span, newText: to, kind: 'rename', reason: 'what the policy says of the flag' }];
  if (!isKey(text, span, one.key)) return 'a constant whose value is put together';
  return [{ range: span, newText: to, kind: 'rename', reason: 'a constant that reads take the key from' }];
}

function isKey(text: string, span: TextRange, key: string): boolean {
  return text.slice(span.start, span.end) === key;
}

function blockedSentence(key: string, blocked: readonly Blocked[], world: World): string {
  const [first] = blocked;
  const others = blocked.filter((one) => one.reason === first!.reason);
  const more = blocked.length > others.length ? ` and ${count(blocked.length - others.length, 'other place')}` : '';
  return `'${key}' is not renamed, because it cannot be changed everywhere: ${first!.reason} (${spots(others, world)})${more}.`;
}
