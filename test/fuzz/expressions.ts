import { declare, named, type Scope, type Writing } from './scope.ts';

const literals = ['0', '1', '2', "''", "'dark'", "'light'", 'true', 'false', 'null', 'undefined'];

/** A read of a flag; in async code also one that has to be awaited. */
export function read(writing: Writing, scope: Scope): string {
  const { draw } = writing;
  const key = draw.pick(...writing.keys);
  if (draw.oneIn(12)) return `details('${key}').value`;
  if (draw.oneIn(20)) return `useFlags().${key}`;
  if (scope.isAsync && draw.oneIn(2))
    return draw.oneIn(4) ? `(await fetchDetails('${key}')).value` : `(await fetchFlag('${key}'))`;
  return draw.oneIn(8) ? `flag('${key}', getUser())` : `flag('${key}')`;
}

/** Text that can stand next to an operator. */
function atom(text: string): string {
  return /^[\w$]+$/.test(text) || isOneParen(text) ? text : `(${text})`;
}

/** True when the first parenthesis is closed by the last. */
export function isOneParen(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth === 0) return i > 0 && i === text.length - 1;
  }
  return false;
}

/** Without its outer parentheses, where a declaration or an argument can hold it. */
export function unwrapped(text: string): string {
  if (!isOneParen(text)) return text;
  const inner = text.slice(1, -1);
  return hasComma(inner) || inner.startsWith('{') ? text : inner;
}

/** True for a comma that stands in no brackets. */
function hasComma(text: string): boolean {
  let depth = 0;
  for (const one of text) {
    if ('([{'.includes(one)) depth++;
    if (')]}'.includes(one)) depth--;
    if (one === ',' && depth === 0) return true;
  }
  return false;
}

/** An expression of any value. It never fails: no property of nothing is read, and nothing is called that is no function. */
export function expression(writing: Writing, scope: Scope, depth: number): string {
  const { draw } = writing;
  const any = (): string => (draw.oneIn(3) ? (named(writing, scope, 'any', 'let') ?? leaf()) : leaf());
  const leaf = (): string =>
    draw.pick(
      () => read(writing, scope),
      () => named(writing, scope, 'any', 'let') ?? draw.pick(...literals),
      () => writing.log(draw.pick(...literals)),
      () => draw.pick(...literals),
    )();
  if (depth <= 0) return any();
  const a = (): string => expression(writing, scope, depth - 1);
  const family = draw.upTo(20);
  if (family < 3) return read(writing, scope);
  if (family < 5) return any();
  if (family < 13) return operator(writing, scope, a);
  if (family < 17) return literal(writing, scope, a);
  if (family < 18) return call(writing, scope, depth, a);
  return assignment(writing, scope, a);
}

function operator(writing: Writing, scope: Scope, a: () => string): string {
  const { draw } = writing;
  const equals = draw.pick('===', '!==', '==', '!=');
  return draw.pick(
    () => `!${atom(a())}`,
    () => `!!${atom(a())}`,
    () => `(${a()} && ${a()})`,
    () => `(${a()} && ${a()} && ${a()})`,
    () => `(${a()} || ${a()})`,
    () => `(${a()} ?? ${a()})`,
    () => `(${a()} ? ${a()} : ${a()})`,
    () => `(${a()} ? ${a()} : ${a()} ? ${a()} : ${a()})`,
    () => `(${a()} ${equals} ${a()})`,
    () => `(${read(writing, scope)} ${equals} ${draw.pick(...literals)})`,
    () => `(${read(writing, scope)} ${draw.pick('<', '<=', '>', '>=', '+', '-', '*')} ${draw.pick(...literals)})`,
    () => `(${writing.log(draw.pick(...literals))}, ${a()})`,
    () => `Boolean(${a()})`,
    () => `typeof ${atom(a())}`,
    () => `(void ${atom(a())}, ${a()})`,
    () => `-${atom(a())}`,
  )();
}

function literal(writing: Writing, scope: Scope, a: () => string): string {
  const { draw } = writing;
  const array = (): string => arrayLiteral(writing, a);
  const object = (): string => objectLiteral(writing, scope, a);
  return draw.pick(
    () => `${array()}.length`,
    () => `Object.keys(${object()}).length`,
    () => `${object()}.a`,
    () => `(${a()} ? ${object()} : ${object()}).a`,
    () => `(${a()} && ${object()})?.a`,
    () => `(${a()} ? ${object()} : null)?.b?.length`,
    () => `[${a()}, ${a()}].filter(Boolean).length`,
    () => `['dark', ${a()}, 1].includes(${draw.oneIn(2) ? read(writing, scope) : a()})`,
    () => `new Set([true, 'light', 3]).has(${read(writing, scope)})`,
    () => `({ dark: ${a()}, light: ${a()}, true: ${a()}, 0: ${a()} })[${read(writing, scope)}]`,
    () => `(${draw.pick("'a'", "'b'", "'c'")} in ${object()})`,
    () => `\`<\${${a()}}|\${${a()}}>\``,
    () => `tag\`x\${${a()}}y\``,
    () => `${named(writing, scope, 'object') ?? object()}.a`,
    () => `${named(writing, scope, 'array') ?? array()}.length`,
  )();
}

export function arrayLiteral(writing: Writing, a: () => string): string {
  const { draw } = writing;
  const member = (): string =>
    draw.pick(
      a,
      a,
      () => `...(${a()} ? [${a()}] : [])`,
      () => `...[${a()}, ${a()}]`,
      () => `...(${a()} ? [${a()}, ${a()}] : [${a()}])`,
    )();
  return `[${Array.from({ length: draw.upTo(4) }, member).join(', ')}]`;
}

/** An object that has at least the field `a`. */
export function objectLiteral(writing: Writing, scope: Scope, a: () => string): string {
  const { draw } = writing;
  const member = (): string =>
    draw.pick(
      () => `b: ${a()}`,
      () => `c: ${a()}`,
      () => `['c']: ${a()}`,
      () => `[\`\${${a()}}\`]: ${a()}`,
      () => `...(${a()} && { b: ${a()} })`,
      () => `...(${a()} ? { c: ${a()} } : {})`,
      () => `...(${a()} ? { a: ${a()}, b: 1 } : { d: ${a()} })`,
      () => `get e() { return 5; }`,
      () => named(writing, scope, 'any') ?? 'f: 1',
    )();
  const before = Array.from({ length: draw.upTo(2) }, member);
  const after = Array.from({ length: draw.upTo(3) }, member);
  return `({ ${[...before, `a: ${a()}`, ...after].join(', ')} })`;
}

function call(writing: Writing, scope: Scope, depth: number, a: () => string): string {
  const { draw } = writing;
  const known = named(writing, scope, 'function');
  const waiting = scope.isAsync ? named(writing, scope, 'async') : undefined;
  const plain = { ...scope, isAsync: false, isGenerator: false };
  const inner = (): string => expression(writing, plain, depth - 1);
  const withX = (): string => expression(writing, declare({ ...plain, declared: new Set() }, 'x', 'any'), depth - 1);
  const method = '{ on: 1, m() { return this === undefined ? 0 : this.on; } }';
  return draw.pick(
    () => (known ? `${known}(${a()})` : a()),
    () => (known ? `${known}(${a()}, ${a()})` : a()),
    () => (known ? `${known}(...(${a()} ? [${a()}] : []))` : a()),
    () => (known ? `apply(${known}, ${a()})` : a()),
    () => (known ? `(${a()} ? ${known} : undefined)?.(${a()})` : a()),
    () => (waiting ? `(await ${waiting}(${a()}))` : a()),
    () => (scope.isGenerator ? `(yield ${a()})` : a()),
    () => `(() => ${inner()})()`,
    () => `((x) => ${withX()})(${a()})`,
    () => `(function () { return ${inner()}; })()`,
    () => `(({ a, b = ${inner()} }) => [a, b].length)(${objectLiteral(writing, scope, a)})`,
    () => `((...rest) => rest.length)(...(${a()} ? [${a()}] : []), ${a()})`,
    () => `(${a()} ? ${method} : ${method}).m()`,
    () => `(${a()} ? (${method}).m : (${method}).m)()`,
    () => writing.log(`${a()}, ${a()}`),
  )();
}

function assignment(writing: Writing, scope: Scope, a: () => string): string {
  const { draw } = writing;
  const target = named(writing, scope, 'let');
  if (!target) return a();
  return draw.pick(
    () => `(${target} = ${a()})`,
    () => `(${target} ||= ${a()})`,
    () => `(${target} &&= ${a()})`,
    () => `(${target} ??= ${a()})`,
    () => `(${target} += ${a()})`,
    () => `${target}++`,
    () => `[${target} = ${a()}].length`,
  )();
}
