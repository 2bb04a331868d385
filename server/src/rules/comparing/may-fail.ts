import type { CallFact } from '../../facts/change-facts.ts';
import { receivers } from '../../facts/failure-words.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const harmless = words(
  'String Number Boolean Array Set Map Date Error setTimeout clearTimeout setInterval clearInterval useState useEffect useCallback useMemo useRef isNaN parseInt parseFloat log info warn error debug trace captureException t',
);
const harmlessMethods = words(
  'push pop shift unshift map filter forEach find findIndex some every reduce join split slice splice concat trim toString toLowerCase toUpperCase startsWith endsWith includes indexOf replace replaceAll padStart padEnd keys values entries has add delete isArray from assign freeze max min round floor ceil now emit status json send end set get test match sort flat flatMap fill at substring charAt then catch finally bind',
);

/** They only wrap what they are given: `E.left('failed')`, `ok(value)`; not methods of a local object. */
const wrapping = /^(?!_\.|this\.)(?:.*\.)?(?:left|right|some|none|ok|err|okAsync|errAsync|Ok|Err)$/;

/** They only make an answer: `return redirectWithSuccess(path)`. */
const answering = /^(?:\w+\.)?redirect(?![a-z])\w*$|^json$|Response\.json$/;

/**
 * False for calls that do not fail in ordinary use: array and string methods, logging, timers. A promise may always fail.
 * @param text of the call, where it is at hand: for telling `observer.error(e)` from a logger
 */
export function mayFail({ name, key, awaited }: CallFact, text = ''): boolean {
  if (wrapping.test(key) || answering.test(key)) return false;
  if (awaited) return true;
  const called = name.replace(/^new /, '');
  if (called === 'error' && receivers.test(/([\w$]+)[?!]*\.error\b/.exec(text)?.[1] ?? '')) return true;
  return !harmless.has(called) && !(key.includes('.') && harmlessMethods.has(called));
}
