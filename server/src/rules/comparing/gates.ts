import type { Node } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import { entriesOf, itemsOf } from '../../flags/definitions/json-tree.ts';

/** What a command of a pipeline checks. */
export type GateKind = 'tests' | 'end-to-end tests' | 'lint' | 'types' | 'format' | 'known holes';

/** A command that fails the pipeline where something is wrong. */
export interface Gate {
  /** As written, on one line. */
  readonly command: string;
  readonly kinds: readonly GateKind[];
  readonly range: TextRange;
}

/** A job or a step of a pipeline: what it is called, how it is switched, and the gates below it. */
export interface PipelinePart {
  /** The keys and names that lead to it. */
  readonly id: string;
  readonly node: Node;
  readonly gates: readonly Gate[];
}

const kinds: readonly (readonly [GateKind, RegExp])[] = [
  ['end-to-end tests', /(?<![\w.])(?:e2e|playwright test|cypress(?: run)?|cypress-io\/github-action)(?![\w.])/i],
  [
    'tests',
    /(?<![\w./-])(?:(?:unit|integration)?[-:]?tests?(?:[:-][\w:-]+)?|vitest|jest|mocha|ava|karma|pytest|rspec|phpunit)(?![\w./=-])/i,
  ],
  ['lint', /(?<![\w./-])(?:lint(?:[:-][\w:-]+)?|eslint|stylelint|oxlint|biome (?:check|ci|lint))(?![\w.])/i],
  ['types', /(?<![\w./-])(?:type-?checks?|check[:-]types?|types?:check|tsc|vue-tsc|svelte-check)(?![\w./])/i],
  ['known holes', /(?<![\w./-])(?:audit(?:-ci)?|snyk test|trivy|codeql-action\/analyze)(?![\w.])/i],
  [
    'format',
    /(?<![\w./-])(?:format[:-]check|check[:-]format|prettier[:-]check|check[:-]prettier|prettier\b.*--check|prettier\b.*-c\b)(?![\w.])/i,
  ],
];

/** Installing a tool or uploading what it found checks nothing. */
const noGate =
  /\b(?:install|add|ci --|upload|download|cache|artifact|setup|docker (?:build|push|pull)|apt-get|mkdir|echo|cp|mv|rm|cat|export)\b/i;

/** What a command, or an action by its name, checks. */
export function gateKinds(command: string): GateKind[] {
  if (noGate.test(command.replace(/(?:&&|\|\||;).*$/, ''))) return [];
  return kinds.filter(([, words]) => words.test(command)).map(([kind]) => kind);
}

const commandKeys = new Set(['run', 'script', 'command', 'before_script', 'after_script', 'bash']);

/** The jobs and steps of a pipeline's file, outer ones first. */
export function pipelineParts(root: Node | undefined, text: string): PipelinePart[] {
  const parts: PipelinePart[] = [];
  const visit = (node: Node, id: string): Gate[] => {
    if (node.type === 'array')
      return itemsOf(node).flatMap((one, index) => visit(one, `${id}/${nameOfStep(one) ?? index}`));
    if (node.type !== 'object') return [];
    const place = parts.length;
    const gates = entriesOf(node).flatMap(({ key, value }) => {
      if (commandKeys.has(key)) return commandsOf(value, text);
      if (key === 'uses' && typeof value.value === 'string')
        return gateOf(value.value.replace(/@.*$/, ''), rangeAt(value));
      return visit(value, `${id}/${key}`);
    });
    parts.splice(place, 0, { id, node, gates });
    return gates;
  };
  if (root) visit(root, '');
  return parts;
}

function nameOfStep(node: Node): string | undefined {
  const named = (key: string) => entriesOf(node).find((one) => one.key === key)?.value.value;
  for (const key of ['name', 'id', 'uses', 'run']) {
    const value = named(key);
    if (typeof value === 'string') return value.replace(/@.*$/, '');
  }
  return undefined;
}

function rangeAt({ offset, length }: Node): TextRange {
  return { start: offset, end: offset + length };
}

/** Each line of a script is a command of its own. */
function commandsOf(value: Node, text: string): Gate[] {
  if (value.type === 'array') return itemsOf(value).flatMap((one) => commandsOf(one, text));
  if (value.type === 'object')
    return entriesOf(value).flatMap((one) => (one.key === 'command' ? commandsOf(one.value, text) : []));
  if (typeof value.value !== 'string') return [];
  const { start, end } = rangeAt(value);
  const gates: Gate[] = [];
  let from = start;
  for (const line of value.value.replace(/\\\n\s*/g, ' ').split('\n')) {
    const command = line.trim();
    if (command === '' || command.startsWith('#')) continue;
    const found = text.slice(0, end).indexOf(command, from);
    const range = found < 0 ? { start, end } : { start: found, end: found + command.length };
    if (found >= 0) from = range.end;
    gates.push(...gateOf(command, range));
  }
  return gates;
}

function gateOf(command: string, range: TextRange): Gate[] {
  const found = gateKinds(command);
  return found.length > 0 ? [{ command, kinds: found, range }] : [];
}
