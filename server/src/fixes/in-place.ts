import { linesOf } from '../change/lines.ts';
import type { Side, Woven } from '../change/weave.ts';
import { squeezed } from '../facts/squeezed.ts';

const log = /^(?:[\w$]+\.)*(?:console|log|logger)\.\w+\(.*\);?$/i;

/**
 * Code that goes back takes the place of what came instead of it: lines of a log, or one line that does the same with other values
 * (`res.json(...)`, `return ...`, the same property), or a call that is part of it: they would be done twice. Lines that stood at the base stay, and so does everything else.
 */
export function inPlace(woven: readonly Woven[], base: Side, now: Side): Woven[] {
  const before = new Set(linesOf(base.text, base.range).map(({ text }) => text));
  return woven.map((one) => {
    if (one.range.end > one.range.start || !/^\r?\n/.test(one.newText)) return one;
    const below = linesOf(now.text, { start: one.range.end, end: now.range.end }).slice(1);
    const known = below.findIndex(({ text }) => before.has(text));
    const came = below.slice(0, Math.max(0, known));
    if (
      came.length === 0 ||
      !(came.every(({ text }) => log.test(text)) || isSameDeed(came, one.newText) || isWithin(came, one.newText))
    )
      return one;
    const range = { start: one.range.start, end: came.at(-1)!.end };
    const isFree = woven.every(
      (other) => other === one || other.range.end < range.start || other.range.start > range.end,
    );
    return isFree ? { ...one, range } : one;
  });
}

function isSameDeed([line, ...more]: readonly { readonly text: string }[], newText: string): boolean {
  const back = newText.trim();
  const deed = /^(?:return|throw)\b|^(?:await )?[\w$]+(?:\.[\w$]+)+\(/.exec(back)?.[0];
  return (
    line !== undefined && more.length === 0 && !back.includes('\n') && deed !== undefined && line.text.startsWith(deed)
  );
}

/** `secure: false` for `secure: true`, `await send(x)` for `await send(x).catch(report)`, a last `return` for another one. */
function isWithin([line, ...more]: readonly { readonly text: string }[], newText: string): boolean {
  if (line === undefined || more.length > 0) return false;
  const lines = newText.trim().split(/\r?\n/);
  const name = property.exec(line.text)?.[1];
  if (name !== undefined && lines.length === 1) return property.exec(lines[0]!)?.[1] === name;
  const last = lines.at(-1)!;
  if (/^return\b/.test(line.text) && /^\s*return\b/.test(last)) return true;
  const call = line.text.replace(/^(?:return |await |void )+/, '').replace(/;$/, '');
  return /^[\w$.]+\(.*\)$/.test(call) && squeezed(newText).includes(squeezed(call));
}

const property = /^['"]?([\w$-]+)['"]?\s*:\s/;
