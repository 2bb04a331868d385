import type { TextRange } from '../../core/text.ts';
import type { CallFact, ChangeFacts } from '../../facts/change-facts.ts';
import { naming } from '../../facts/same.ts';
import type { RuleInput } from '../rule.ts';
import type { Compared } from './compared.ts';

/** A call of a function as the workspace is now, that is written as it was at the base. */
export interface OldCall {
  readonly path: string;
  readonly range: TextRange;
  readonly args: number;
}

/** More files than these are not looked into: who calls a function from so many places will hear of it. */
const mostFiles = 60;

/** Calls of a declaration, in its own file and in those that import it, that did not change with it. */
export function oldCalls(compared: Compared, input: RuleInput): OldCall[] {
  const { path, now } = compared;
  const owner = now.kind === 'method' ? /class ([\w$]+)$/.exec(now.container)?.[1] : undefined;
  return filesThatUse(compared, input).flatMap((one) => {
    if (now.kind !== 'method')
      return callsIn(one, one === path ? [now.name] : localNames(one, path, now.name, input), input);
    const text = input.text(one) ?? '';
    return callsIn(one, [now.name], input).filter(({ range }) =>
      isOn(owner ?? '', text.slice(range.start, range.end), now.name, one === path),
    );
  });
}

/** The file of a declaration, and those that may speak of it. */
export function filesThatUse({ path, now }: Compared, input: RuleInput): string[] {
  const files = now.exported ? [path, ...users(path, input)] : [path];
  return files
    .filter((one) => one === path || (input.text(one) ?? '').includes(now.container === '' ? '' : now.name))
    .slice(0, mostFiles);
}

/** A method is called on `this`, on its class, or on something that bears the name of its class: `bank.transfer()` of a `Bank`. */
function isOn(owner: string, call: string, name: string, own: boolean): boolean {
  const receiver = new RegExp(`^[^(]*?([\\w$]+)[?!]*\\.\\s*${name.replace(/[$]/g, '\\$&')}\\s*[<(]`).exec(call)?.[1];
  if (receiver === undefined) return false;
  if (receiver === 'this') return own;
  return receiver.length >= 4 && owner.toLowerCase().endsWith(receiver.toLowerCase().replace(/^[_$]+/, ''));
}

function callsIn(path: string, names: readonly string[], input: RuleInput): OldCall[] {
  if (names.length === 0) return [];
  const text = input.text(path) ?? '';
  const file = input.change?.files.find((one) => one.path === path);
  const left = callsOf(file && input.baseFacts(file.basePath), names).map(({ range }) =>
    file!.base!.slice(range.start, range.end),
  );
  const calls = callsOf(input.closely(path), names);
  return calls.flatMap(({ range, args }: CallFact): OldCall[] => {
    if (file) {
      const at = left.indexOf(text.slice(range.start, range.end));
      if (at < 0) return [];
      left.splice(at, 1);
    }
    return [{ path, range, args }];
  });
}

function callsOf(facts: ChangeFacts | undefined, names: readonly string[]): CallFact[] {
  if (!facts) return [];
  const callers = new Set(names.flatMap((name) => naming(facts, name)));
  const inOrder = facts.declarations.filter((one) => callers.has(one));
  return inOrder.flatMap((one) => one.calls.filter(({ name }) => names.includes(name)));
}

/** Files that import a file, also through files that pass its exports on. */
function users(path: string, input: RuleInput): string[] {
  const found = new Set<string>();
  const queue = [path];
  for (const at of queue)
    for (const one of input.importersOf(at)) {
      if (found.has(one) || found.size >= 300) continue;
      found.add(one);
      if (input.facts(one)?.imports.some(({ kind }) => kind === 'export')) queue.push(one);
    }
  return [...found];
}

/** What a file calls the function that it imports: from that very file, or from one that may pass it on. */
export function localNames(path: string, target: string, name: string, input: RuleInput): string[] {
  const names = new Set<string>();
  for (const { specifier, kind, bindings } of input.facts(path)?.imports ?? []) {
    if (kind === 'export') continue;
    const from = input.modules.now.resolve(path, specifier);
    if (from === undefined || !(from === target || input.importersOf(target).includes(from) || passesOn(from, input)))
      continue;
    for (const { imported, local } of bindings)
      if (imported === name || (imported === 'default' && from === target && isDefault(target, name, input)))
        names.add(local);
      else if (imported === '*') names.add(name);
  }
  return [...names];
}

function passesOn(path: string, input: RuleInput): boolean {
  return input.facts(path)?.imports.some(({ kind }) => kind === 'export') ?? false;
}

function isDefault(path: string, name: string, input: RuleInput): boolean {
  return (
    input
      .facts(path)
      ?.exports.some((one) => one.exported === 'default' && (one.local === name || name === 'default')) ?? false
  );
}
