import type { TextEdit } from '../core/source-change.ts';
import type { World } from '../fixes/fix.ts';
import { spelled } from '../flags/camel-case.ts';
import type { FlagRead, Inventory } from '../flags/flag.ts';
import { recordOf } from '../flags/record-slots.ts';
import type { Spelling } from '../flags/sdks/sdk.ts';
import { isNameOfCode, keySpan } from '../flags/symbols.ts';

/** The edit that gives a read another key where it stands, or what the place is that cannot be changed. */
export function readEdit(read: FlagRead, text: string, to: string, world: World): readonly TextEdit[] | string {
  const { keyRange } = read;
  if (recordOf(keyRange, read.path, world)?.takes(to) === false)
    return `a place whose members are flags by their names only, as the policy gives them, and '${to}' is none`;
  const span = keySpan(text, keyRange, read.key);
  const edit = (range: TextEdit['range'], newText: string): TextEdit[] => [
    { range, newText, kind: 'rename', reason: read.inTest ? 'a read in a test' : 'a read' },
  ];
  const written = text.slice(span.start, span.end);
  const quoted = span.start > keyRange.start;
  if (quoted && written === read.key && read.spelling === undefined) return edit(span, to);
  if (isNameOfCode(read, world)) return 'a name of the code that is the key: rename it as the language does';
  if (!quoted && !isName(written)) return 'a read whose key is put together';
  const name = nameFor(read, written, to, world);
  if (typeof name !== 'string') return name.reason;
  if (quoted) return edit(span, name);
  if (read.result.kind === 'binding') return edit(...binding(read, written, name, text));
  const dot = /\??\.\s*$/.exec(text.slice(0, keyRange.start));
  if (dot) {
    if (isName(name)) return edit(keyRange, name);
    const start = dot[0].startsWith('?') ? dot.index + 2 : dot.index;
    return edit({ start, end: keyRange.end }, `['${name}']`);
  }
  if (/^\s*:/.test(text.slice(keyRange.end))) return edit(keyRange, isName(name) ? name : `'${name}'`);
  return 'a read whose key is put together';
}

/** The new name of a member, spelled as its record spells keys; a reason where the new key could not be told from it. */
function nameFor(read: FlagRead, written: string, to: string, world: World): string | { readonly reason: string } {
  const { spelling } = read;
  if (spelling === undefined || spelling === 'as-is') return to;
  const name = spelled(to, spelling);
  if (written === read.key && name !== to && world.inventory.flags.get(read.key)!.definitions.length === 0)
    return { reason: `a record that spells keys its own way, where no definition tells the key behind '${written}'` };
  const other = keysSpelled(spelling, world.inventory).get(name);
  if (other !== undefined && other !== read.key)
    return { reason: `a record that spells '${to}' as it spells '${other}': ${name}` };
  return spelled(name, spelling) === name ? name : { reason: `a record in which '${to}' has no spelling of its own` };
}

const indexes = new WeakMap<Inventory, Map<Spelling, ReadonlyMap<string, string>>>();

/** Keys of flags that are defined, by their spelling. */
function keysSpelled(spelling: Spelling, inventory: Inventory): ReadonlyMap<string, string> {
  const made = indexes.get(inventory) ?? new Map<Spelling, ReadonlyMap<string, string>>();
  indexes.set(inventory, made);
  let index = made.get(spelling);
  if (index === undefined) {
    const defined = [...inventory.flags.values()].filter((flag) => flag.definitions.length > 0);
    index = new Map(defined.map(({ key }) => [spelled(key, spelling), key]));
    made.set(spelling, index);
  }
  return index;
}

/** `{ x }` becomes `{ y: x }`, and `{ x: y }` becomes `{ y }`: the local name stays. */
function binding(read: FlagRead, written: string, name: string, text: string): [TextEdit['range'], string] {
  const { keyRange } = read;
  const key = isName(name) ? name : `'${name}'`;
  const local = /^\s*:\s*([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(text.slice(keyRange.end, read.range.end));
  if (!local) return [keyRange, `${key}: ${written}`];
  if (local[1] !== name) return [keyRange, key];
  return [{ start: keyRange.start, end: keyRange.end + local[0].length }, name];
}

/** True for what can stand as a name of a member without quotes. */
export function isName(text: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text);
}
