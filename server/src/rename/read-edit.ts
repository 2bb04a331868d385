import type { TextEdit } from '../core/source-change.ts';
import type { World } from '../fixes/fix.ts';
import { spelled } from '../flags/camel-case.ts';
import type { FlagRead } from '../flags/flag.ts';
import { spellingAt } from '../flags/record-spelling.ts';
import type { Spelling } from '../flags/sdks/sdk.ts';
import { keySpan } from '../flags/symbols.ts';

/** The edit that gives a read another key where it stands, or what the place is that cannot be changed. */
export function readEdit(read: FlagRead, text: string, to: string, world: World): readonly TextEdit[] | string {
  const { keyRange } = read;
  const span = keySpan(text, keyRange, read.key);
  const edit = (range: TextEdit['range'], newText: string): TextEdit[] => [
    { range, newText, kind: 'rename', reason: read.inTest ? 'a read in a test' : 'a read' },
  ];
  if (span.start > keyRange.start) return edit(span, to);
  const written = text.slice(keyRange.start, keyRange.end);
  if (!isName(written)) return 'a read whose key is put together';
  const name = nameFor(read, written, to, world);
  if (name === undefined) return `a record that spells the key '${written}', which no definition knows`;
  if (read.result.kind === 'binding') return edit(...binding(read, written, name, text));
  const dot = /\??\.\s*$/.exec(text.slice(0, keyRange.start));
  if (dot) {
    if (isName(name)) return edit(keyRange, name);
    const start = dot[0].startsWith('?') ? dot.index + 2 : dot.index;
    return edit({ start, end: keyRange.end }, `['${name}']`);
  }
  if (/^\s*:/.test(text.slice(keyRange.end))) return edit(keyRange, isName(name) ? name : `'${name}'`);
  return 'a name of the code that is the key: rename it as the language does';
}

/** The new name of a member, spelled as its record spells keys; undefined where nobody says what the key itself is. */
function nameFor(read: FlagRead, written: string, to: string, world: World): string | undefined {
  const spelling = spellingAt(read, world) ?? guess(read, written);
  const name = spelled(to, spelling);
  if (written !== read.key || name === to) return name;
  return spelling === 'as-is' || world.inventory.flags.get(read.key)?.definitions.length ? name : undefined;
}

function guess(read: FlagRead, written: string): Spelling {
  if (written === read.key) return 'as-is';
  return spelled(read.key, 'lodash-camelCase') === written ? 'lodash-camelCase' : 'launchdarkly-camelCase';
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
