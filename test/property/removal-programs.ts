import fc from 'fast-check';
import type { FlagValue } from '../../server/src/flags/flag.ts';

export type Flags = Readonly<Record<string, FlagValue>>;

export interface Program {
  readonly text: string;
  /** The values at which the flags are fixed; `removed` are those that go. */
  readonly flags: Flags;
  readonly removed: readonly string[];
}

/** Draws from fast-check's random numbers, so that a failing program shrinks. */
interface Draw {
  /** A number from 0 to below `n`. */
  upTo(n: number): number;
}

/**
 * Programs that log what they do: functions and closures, branches of all shapes, early returns and throws, loops with an
 * end, try and finally, holders, aliases, destructuring, shadowed names, block-scoped and `var` names, in several layouts.
 */
export const programs: fc.Arbitrary<Program> = fc
  .array(fc.nat({ max: 0xffff }), { minLength: 60, maxLength: 400 })
  .map((numbers) => {
    let at = 0;
    return build({ upTo: (n) => (at < numbers.length ? numbers[at++]! % n : 0) });
  });

interface Scope {
  /** Names that hold some value, and whether each may be assigned. */
  readonly names: readonly { readonly name: string; readonly isLet: boolean }[];
  readonly declared: Set<string>;
  readonly inFunction: boolean;
  readonly inLoop: boolean;
  readonly depth: number;
  readonly isFirst?: boolean;
  /** A case that shares its scope with others: names that it declares shadow nothing. */
  readonly isShared?: boolean;
}

function build(draw: Draw): Program {
  const flags: Flags = {
    f: draw.upTo(2) === 1,
    g: draw.upTo(2) === 1,
    theme: ['dark', 'light', ''][draw.upTo(3)]!,
    count: [0, 1, 3][draw.upTo(3)]!,
  };
  const removed = [['f'], ['f', 'g'], ['f', 'theme'], ['f', 'g', 'theme', 'count'], ['g', 'count']][draw.upTo(5)]!;
  const semicolon = draw.upTo(3) === 0 ? '' : ';';
  const lineBreak = draw.upTo(4) === 0 ? '\r\n' : '\n';
  const indent = ['  ', '    ', '\t'][draw.upTo(3)]!;
  let effects = 0;
  let fresh = 0;

  const pick = <T>(...options: readonly T[]): T => options[draw.upTo(options.length)]!;
  const call = (value: string): string => `log(${++effects}, ${value})`;
  const read = (): string => pick("flag('f')", "flag('f')", "flag('g')", "flag('theme')", "flag('count')");
  const literal = (): string => pick('0', '1', "''", "'dark'", 'true', 'false', 'null', 'undefined');

  const expression = (scope: Scope, depth: number): string => {
    const known = scope.names.length > 0 ? scope.names[draw.upTo(scope.names.length)]!.name : literal();
    if (depth <= 0)
      return pick(
        read,
        () => known,
        () => known,
        () => call(literal()),
        literal,
      )();
    const a = (): string => expression(scope, depth - 1);
    return pick(
      read,
      read,
      () => known,
      () => call(literal()),
      () => `!${atom(a())}`,
      () => `!!${atom(a())}`,
      () => `(${a()} && ${a()})`,
      () => `(${a()} || ${a()})`,
      () => `(${a()} ?? ${a()})`,
      () => `(${a()} ? ${a()} : ${a()})`,
      () => `(${a()} ${pick('===', '!==', '==', '!=')} ${a()})`,
      () => `(${read()} ${pick('===', '!==', '==', '!=')} ${literal()})`,
      () => `(${call(literal())}, ${a()})`,
      () => `Boolean(${a()})`,
      () => `typeof ${atom(a())}`,
      () => `[${a()}, ${a()}].length`,
      () => `{ k: ${a()}, ...(${a()} && { z: ${a()} }) }`.replace(/^(.*)$/, 'Object.keys($1).length'),
      () => `(() => ${a()})()`,
      () => `\`<\${${a()}}>\``,
    )();
  };
  const atom = (text: string): string => (/^[\w('"]*$/.test(text) || text.startsWith('(') ? text : `(${text})`);
  /** An expression without its outer parentheses. */
  const top = (scope: Scope): string => {
    const text = expression(scope, 2);
    return text.startsWith('(') && isOneParen(text) && draw.upTo(2) === 0 ? text.slice(1, -1) : text;
  };
  const test = (scope: Scope): string =>
    (draw.upTo(3) === 0 ? pick('', '!') + read() : top(scope)).replace(/^undefined,/, '0,');

  const lines = (pad: string, count: number, scope: Scope): string[] => {
    const out: string[] = [];
    let now = scope;
    for (let i = 0; i < count; i++) {
      const [text, after] = statement(pad, { ...now, isFirst: i === 0 });
      out.push(...text);
      now = after;
    }
    return out;
  };
  const block = (pad: string, scope: Scope): string[] =>
    lines(pad + indent, 1 + draw.upTo(3), {
      ...scope,
      declared: new Set(),
      depth: scope.depth - 1,
      isShared: false,
    });
  const name = (scope: Scope): string | undefined => {
    // Names that shadow others come first in their block, so that no program reads a name before it is set.
    const wanted = scope.isFirst && !scope.isShared ? pick('x', 'y', 'on', `v${fresh++}`) : `v${fresh++}`;
    return scope.declared.has(wanted) ? undefined : wanted;
  };
  const declare = (scope: Scope, made: string, isLet: boolean): Scope => {
    scope.declared.add(made);
    return { ...scope, names: [...scope.names.filter((one) => one.name !== made), { name: made, isLet }] };
  };

  const statement = (pad: string, scope: Scope): [string[], Scope] => {
    const one = (text: string): [string[], Scope] => [[`${pad}${text}${semicolon}`], scope];
    const many = (...text: string[]): [string[], Scope] => [text, scope];
    const choice = scope.isFirst && draw.upTo(2) === 0 ? 2 : draw.upTo(scope.depth > 0 ? 28 : 10);
    if (choice < 2) return one(call(top(scope).replace(/^([^(]*),/, '$1 +')));
    if (choice < 5) {
      const made = name(scope);
      if (!made) return one(call('1'));
      const isLet = draw.upTo(4) === 0;
      const init = draw.upTo(2) === 0 ? pick('', '!', '!!') + read() : expression(scope, 2);
      const hidden = { ...scope, names: scope.names.filter((other) => other.name !== made) };
      const safe = hidden.names.length === scope.names.length ? init : read();
      return [[`${pad}${isLet ? 'let' : 'const'} ${made} = ${safe}${semicolon}`], declare(scope, made, isLet)];
    }
    if (choice === 5) {
      const target = scope.names.find((other) => other.isLet);
      return target ? one(`${target.name} = ${expression(scope, 1)}`) : one(`log(${++effects}, { on: ${read()} }.on)`);
    }
    if (choice === 6) {
      if (scope.inLoop && draw.upTo(2) === 0) return one(pick('break', 'continue'));
      if (scope.inFunction) return one(`return ${expression(scope, 1)}`);
      return one(call(read()));
    }
    if (choice === 7)
      return one(
        draw.upTo(3) === 0
          ? `throw ${expression(scope, 0)}`
          : `(${expression(scope, 1)})`.replace(/^\((.*)\)$/, semicolon ? '($1)' : 'void ($1)'),
      );
    if (choice === 8) return one(`${pick(read(), call('true'), call('false'))} ${pick('&&', '||')} ${call('2')}`);
    if (choice === 9) {
      const made = name(scope);
      if (!made) return one(call('3'));
      return [
        [
          `${pad}const { a: ${made} } = { a: ${expression({ ...scope, names: scope.names.filter((o) => o.name !== made) }, 1)} }${semicolon}`,
        ],
        declare(scope, made, false),
      ];
    }
    if (choice < 14) return many(`${pad}if (${test(scope)}) {`, ...block(pad, scope), `${pad}}`);
    if (choice < 17)
      return many(
        `${pad}if (${test(scope)}) {`,
        ...block(pad, scope),
        `${pad}} else {`,
        ...block(pad, scope),
        `${pad}}`,
      );
    if (choice === 17)
      return many(
        `${pad}if (${test(scope)}) {`,
        ...block(pad, scope),
        `${pad}} else if (${test(scope)}) {`,
        ...block(pad, scope),
        ...(draw.upTo(2) ? [`${pad}} else {`, ...block(pad, scope)] : []),
        `${pad}}`,
      );
    if (choice === 18)
      return many(
        `${pad}if (${test(scope)}) ${call('4')}${semicolon || ''}`,
        ...(draw.upTo(2) ? [`${pad}else ${call('5')}${semicolon}`] : []),
      );
    if (choice === 19 && scope.inFunction)
      return many(`${pad}if (${test(scope)}) return ${expression(scope, 1)}${semicolon}`);
    if (choice === 20) {
      const i = `i${fresh++}`;
      return many(`${pad}for (let ${i} = 0; ${i} < 2; ${i}++) {`, ...block(pad, { ...scope, inLoop: true }), `${pad}}`);
    }
    if (choice === 21) {
      const handler = pick(['catch (error) {', 'finally {'], ['catch (error) {'], ['finally {']);
      const parts = handler.flatMap((head) => [
        `${pad}} ${head}`,
        ...block(pad, {
          ...scope,
          inFunction: head === 'finally {' ? false : scope.inFunction,
          inLoop: head === 'finally {' ? false : scope.inLoop,
        }),
      ]);
      return many(`${pad}try {`, ...block(pad, scope), ...parts, `${pad}}`);
    }
    if (choice === 22) return many(`${pad}{`, ...block(pad, scope), `${pad}}`);
    if (choice === 23) {
      const v = `w${fresh++}`;
      return many(
        `${pad}if (${test(scope)}) {`,
        `${pad}${indent}var ${v} = ${expression(scope, 1)}${semicolon}`,
        `${pad}}`,
        `${pad}log(${++effects}, ${v})${semicolon}`,
      );
    }
    if (choice < 26) return many(...switchOn(pad, scope));
    const made = `fn${fresh++}`;
    const parameter = pick('on', 'x', 'p');
    const inner: Scope = {
      names: [
        ...scope.names.filter((o) => o.name !== parameter).map((o) => ({ ...o, isLet: false })),
        { name: parameter, isLet: true },
      ],
      declared: new Set([parameter]),
      inFunction: true,
      inLoop: false,
      depth: scope.depth - 1,
    };
    const body = lines(pad + indent, 1 + draw.upTo(4), inner);
    const use = `${pad}log(${++effects}, ${made}(${expression(scope, 0)}))${semicolon}`;
    const shape = draw.upTo(3);
    if (shape === 0)
      return many(`${pad}const ${made} = (${parameter}) => {`, ...body, `${pad}}${semicolon || ';'}`, use);
    return shape === 1
      ? many(`${pad}function ${made}(${parameter}) {`, ...body, `${pad}}`, use)
      : many(use, `${pad}function ${made}(${parameter}) {`, ...body, `${pad}}`);
  };
  /** Cases share their scope, unless they have braces; most end with a `break`, some run on into the next one. */
  const switchOn = (pad: string, scope: Scope): string[] => {
    const inner: Scope = { ...scope, declared: new Set(), depth: scope.depth - 1, isShared: true };
    const wanted = ['true', 'false', "'dark'", "'light'", '0', '1', '3', 'null'].filter(() => draw.upTo(3) === 0);
    const heads = [...wanted.map((one) => `case ${one}:`), ...(draw.upTo(3) > 0 ? ['default:'] : [])];
    if (draw.upTo(4) === 0) heads.reverse();
    const clauses = heads.flatMap((head) => {
      const braces = draw.upTo(2) === 0;
      const end = draw.upTo(5) > 0 ? [`${pad}${indent}${indent}break${semicolon}`] : [];
      if (draw.upTo(5) === 0) return [`${pad}${indent}${head}`];
      const statements = lines(
        pad + indent + indent,
        1 + draw.upTo(2),
        braces ? { ...inner, declared: new Set(), isShared: false } : inner,
      );
      const body = [...statements, ...end];
      return [`${pad}${indent}${head}${braces ? ' {' : ''}`, ...body, ...(braces ? [`${pad}${indent}}`] : [])];
    });
    return [`${pad}switch (${draw.upTo(4) === 0 ? top(scope) : read()}) {`, ...clauses, `${pad}}`];
  };
  const body = lines('', 3 + draw.upTo(6), {
    names: [],
    declared: new Set(),
    inFunction: false,
    inLoop: false,
    depth: 3,
  });
  return { text: [`module.exports = {}${semicolon}`, ...body, ''].join(lineBreak), flags, removed };
}

/** True when the first parenthesis is closed by the last. */
function isOneParen(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i === text.length - 1;
  }
  return false;
}
