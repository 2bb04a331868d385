import type { CallFact } from '../../facts/change-facts.ts';

const harmless = new Set(
  'push pop shift unshift map filter forEach find findIndex some every reduce join split slice splice concat trim toString toLowerCase toUpperCase startsWith endsWith includes indexOf replace replaceAll padStart padEnd keys values entries has add delete log info warn error debug trace String Number Boolean Array Set Map Date Error isArray from assign freeze max min round floor ceil now setTimeout clearTimeout setInterval clearInterval useState useEffect useCallback useMemo useRef emit status json send end set get test match sort flat flatMap fill at substring charAt isNaN parseInt parseFloat then catch finally bind captureException t'.split(
    ' ',
  ),
);

/** False for calls that do not fail in ordinary use: array and string methods, logging, timers. A promise may always fail. */
export function mayFail(call: CallFact): boolean {
  return call.awaited || !harmless.has(call.name.replace(/^new /, ''));
}
