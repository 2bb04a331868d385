import { lineEnd } from '../../change/comments.ts';
import type { RuleInput } from '../rule.ts';
import { filesThatUse, localNames, type OldCall } from './callers.ts';
import type { Compared } from './compared.ts';

/** How many arguments are given at most to a function that is handed over to these. */
const given = new Map<string, number>([
  ...of(3, 'use get post put patch delete all map flatMap filter forEach some every find findIndex'),
  ...of(4, 'reduce'),
  ...of(2, 'sort'),
  ...of(1, 'then catch addEventListener'),
  ...of(0, 'finally'),
]);

function of(count: number, names: string): [string, number][] {
  return names.split(' ').map((name) => [name, count]);
}

/**
 * Places that hand a function over, as middleware or as a callback, where it is given as many arguments as ever: `args` says how many at
 * most. Only where that is known by the name of the method.
 */
export function handedOver(compared: Compared, input: RuleInput): OldCall[] {
  const { path, now } = compared;
  if (now.kind !== 'function') return [];
  return filesThatUse(compared, input).flatMap((one) => {
    const names = one === path ? [now.name] : localNames(one, path, now.name, input);
    const text = input.text(one) ?? '';
    const base = input.change?.files.find((file) => file.path === one)?.base ?? text;
    return names.flatMap((name) => placesOf(name, text, base).map((place) => ({ path: one, ...place })));
  });
}

function placesOf(name: string, text: string, base: string): Pick<OldCall, 'range' | 'args'>[] {
  if (!/^[\w$]+$/.test(name)) return [];
  const plain = name.replace(/\$/g, '\\$');
  const places = new RegExp(`\\.(\\w+)\\((?:[^()]|\\([^()]*\\)){0,200}?(?<![\\w$.'"\`])(${plain})(?=\\s*[,)])`, 'dg');
  return [...text.matchAll(places)].flatMap((match) => {
    const args = given.get(match[1]!);
    const [start, end] = match.indices![2]!;
    const line = text.slice(text.lastIndexOf('\n', start) + 1, lineEnd(text, start)).trim();
    return args === undefined || !base.includes(line) ? [] : [{ range: { start, end }, args }];
  });
}
