import { arrayLiteral, objectLiteral, read, unwrapped } from './expressions.ts';
import { asyncFunction, classStatement, functionStatement, generatorStatement } from './functions.ts';
import { block, declare, indented, named, type Scope, type Writing, without } from './scope.ts';

/** The lines of one statement, and what is known after it. */
export type Written = readonly [lines: readonly string[], after: Scope];

/** A list of statements. */
export function lines(writing: Writing, scope: Scope, count: number): string[] {
  const out: string[] = [];
  let now = scope;
  for (let i = 0; i < count; i++) {
    const [text, after] = statement(writing, now);
    out.push(...text);
    now = { ...after, isFirst: false };
  }
  return out;
}

function statement(writing: Writing, scope: Scope): Written {
  const { draw } = writing;
  if (scope.isFirst && draw.oneIn(3)) return declaration(writing, scope);
  const family = draw.upTo(scope.depth > 0 ? 24 : 9);
  if (family < 2) return [noted(writing, scope), scope];
  if (family < 6) return declaration(writing, scope);
  if (family < 8) return [small(writing, scope), scope];
  if (family === 8) return [leave(writing, scope), scope];
  if (family < 14) return [ifStatement(writing, scope), scope];
  if (family < 16) return [loop(writing, scope), scope];
  if (family < 18) return [switchStatement(writing, scope), scope];
  if (family === 18) return [tryStatement(writing, scope), scope];
  if (family === 19) return varInBlock(writing, scope);
  if (family < 22) return functionStatement(writing, scope);
  return draw.pick(
    () => classStatement(writing, scope),
    () => generatorStatement(writing, scope),
    () => asyncFunction(writing, scope),
    () => [['{', ...block(writing, scope), '}'], scope] as const,
  )();
}

/** Without its outer parentheses, half of the time. */
function top(writing: Writing, scope: Scope, depth = 2): string {
  const text = writing.expression(scope, depth);
  return writing.draw.oneIn(2) ? unwrapped(text) : text;
}

/** `log(7, ...);`, at times with a comment that is about it. */
function noted(writing: Writing, scope: Scope): string[] {
  const text = writing.log(writing.expression(scope, 2));
  const [, number] = /^log\((\d+)/.exec(text)!;
  return writing.draw.pick(
    () => [`${text};`],
    () => [`${text};`],
    () => [`// about ${number}`, `${text};`],
    () => [`${text}; // after ${number}`],
    () => ['// by itself', '', `${text};`],
  )();
}

/** A name for a declaration. One that shadows another comes first in its block, so that nobody reads it before it is set. */
function nameFor(writing: Writing, scope: Scope): string {
  if (!scope.isFirst) return writing.fresh('v');
  const wanted = writing.draw.pick('x', 'y', 'on', writing.fresh('v'));
  return scope.declared.has(wanted) ? writing.fresh('v') : wanted;
}

function declaration(writing: Writing, scope: Scope): Written {
  const { draw } = writing;
  const name = nameFor(writing, scope);
  const outer = without(scope, name);
  const a = (): string => writing.expression(outer, 1);
  const key = draw.pick(...writing.keys);
  const record = writing.fresh('flags');
  const text = (): string => draw.pick('', '', '!', '!!') + read(writing, outer);
  return draw.pick<() => Written>(
    () => [[`const ${name} = ${text()};`], declare(scope, name, 'any')],
    () => [[`const ${name} = ${text()};`], declare(scope, name, 'any')],
    () => [[`const ${name} = ${top(writing, outer)};`], declare(scope, name, 'any')],
    () => [[`let ${name} = ${draw.oneIn(2) ? text() : a()};`], declare(scope, name, draw.pick('let', 'any'))],
    () => [[`var ${writing.fresh('w')} = ${text()};`], scope],
    () => varNow(writing, scope, text()),
    () => [[`const ${name} = ${objectLiteral(writing, outer, a)};`], declare(scope, name, 'object')],
    () => [[`const ${name} = ${arrayLiteral(writing, a)};`], declare(scope, name, 'array')],
    () => [[`const { a: ${name} } = ${objectLiteral(writing, outer, a)};`], declare(scope, name, 'any')],
    () => [[`const { z: ${name} = ${a()} } = ${objectLiteral(writing, outer, a)};`], declare(scope, name, 'any')],
    () => [
      [`const [${name}, ...${record}] = [${a()}, ${a()}];`],
      declare(declare(scope, name, 'any'), record, 'array'),
    ],
    () => [[`const { ${key}: ${name} } = useFlags();`], declare(scope, name, 'any')],
    () => [[`const { value: ${name} } = details('${key}');`], declare(scope, name, 'any')],
    () => recordOfFlags(writing, scope, record),
    () => [
      [`const ${name} = ${a()}, ${record} = ${read(writing, outer)};`],
      declare(declare(scope, name, 'any'), record, 'any'),
    ],
    () => [[`const ${name} = () => ${read(writing, { ...outer, isAsync: false })};`], declare(scope, name, 'function')],
    () => [[`let ${name};`, `${name} = ${text()};`], declare(scope, name, 'let')],
  )();
}

function varNow(writing: Writing, scope: Scope, text: string): Written {
  const name = writing.fresh('w');
  return [[`var ${name} = ${text};`], declare(scope, name, writing.draw.pick('any', 'let'))];
}

function recordOfFlags(writing: Writing, scope: Scope, record: string): Written {
  const keys = [...new Set([writing.draw.pick(...writing.keys), writing.draw.pick(...writing.keys)])];
  return [
    [`const ${record} = useFlags();`, `${writing.log(keys.map((key) => `${record}.${key}`).join(', '))};`],
    scope,
  ];
}

/** Statements of one line that only do something. */
function small(writing: Writing, scope: Scope): string[] {
  const { draw } = writing;
  const target = named(writing, scope, 'let');
  const a = (): string => writing.expression(scope, 1);
  return draw.pick(
    () => [
      `${draw.pick(read(writing, scope), writing.log('true'), writing.log('false'))} ${draw.pick('&&', '||')} ${writing.log('2')};`,
    ],
    () => [`${read(writing, scope)} ? ${writing.log('1')} : ${writing.log('2')};`],
    () => [target ? `${target} ${draw.pick('=', '=', '||=', '&&=', '??=', '+=')} ${a()};` : `${writing.log(a())};`],
    () => [`(${a()});`],
    () => [
      target ? `(${target} = ${a()}) ${draw.pick('&&', '||')} ${read(writing, scope)};` : `${read(writing, scope)};`,
    ],
    () => [`[${a()}, ${a()}].forEach((x) => ${writing.log('x')});`],
    () => [`\`\${${a()}}\`;`],
    () => [`${read(writing, scope)};`],
    () => [`${writing.log(`{ on: ${read(writing, scope)} }.on`)};`],
    () => [`void ${writing.log(a())};`],
    () => [
      `if (${test(writing, scope)}) ${writing.log('4')};`,
      ...(draw.oneIn(2) ? [`else ${writing.log('5')};`] : []),
    ],
    () => [target ? `[${target}] = [${a()}];` : `;[${a()}].length;`],
  )();
}

/** What leaves a function or a loop; elsewhere a note. */
function leave(writing: Writing, scope: Scope): string[] {
  const { draw } = writing;
  const label = scope.labels.length > 0 && draw.oneIn(2) ? ` ${draw.pick(...scope.labels)}` : '';
  if (scope.inLoop && draw.oneIn(2)) return [`${draw.pick('break', 'continue')}${label};`];
  const kept = draw.oneIn(2) ? `if (${test(writing, scope)}) ` : '';
  if (scope.inFunction && !draw.oneIn(5)) return [`${kept}return ${top(writing, scope, 1)};`];
  return scope.inFunction
    ? [`${kept}throw ${writing.expression(scope, 0)};`]
    : [`${writing.log(read(writing, scope))};`];
}

function test(writing: Writing, scope: Scope): string {
  return writing.draw.oneIn(2) ? writing.draw.pick('', '!') + read(writing, scope) : top(writing, scope);
}

function ifStatement(writing: Writing, scope: Scope): string[] {
  const head = `if (${test(writing, scope)}) {`;
  const then = block(writing, scope);
  const named = writing.draw.pick('x', 'on');
  const ownName = (): string[] => [
    `if (${writing.draw.pick('', '!')}${read(writing, scope)}) {`,
    `  const ${named} = ${writing.expression(without(scope, named), 0)};`,
    `  ${writing.log(named)};`,
    '}',
  ];
  return writing.draw.pick(
    () => [...ownName(), ...ownName()],
    () => [head, ...then, '}'],
    () => [head, ...then, '} else {', ...block(writing, scope), '}'],
    () => [head, ...then, `} else if (${test(writing, scope)}) {`, ...block(writing, scope), '}'],
    () => [
      head,
      ...then,
      `} else if (${test(writing, scope)}) {`,
      ...block(writing, scope),
      '} else {',
      ...block(writing, scope),
      '}',
    ],
    () => [
      `if (${test(writing, scope)})`,
      ...indented(single(writing, scope)),
      'else',
      ...indented(single(writing, scope)),
    ],
  )();
}

/** A statement that stands where a block could. */
function single(writing: Writing, scope: Scope): string[] {
  const { draw } = writing;
  return draw.pick(
    () => [`${writing.log(writing.expression(scope, 1))};`],
    () => (scope.inFunction ? [`return ${writing.expression(scope, 1)};`] : [`${writing.log('6')};`]),
    () => ['{', ...block(writing, scope, 2), '}'],
    () => [`if (${test(writing, scope)}) ${writing.log('7')};`, `else ${writing.log('8')};`],
    () => [';'],
  )();
}

/** Loops that end after two rounds, at times under a label. */
function loop(writing: Writing, scope: Scope): string[] {
  const { draw } = writing;
  const i = writing.fresh('i');
  const label = draw.oneIn(3) ? writing.fresh('l') : undefined;
  const labels = label ? [...scope.labels, label] : scope.labels;
  const inner = { ...scope, inLoop: true, labels };
  const body = (known: Scope = inner): string[] => block(writing, known);
  const withItem = declare({ ...inner, declared: new Set() }, i, 'any');
  const list = `[${writing.expression(scope, 1)}, ...(${read(writing, scope)} ? [1] : [2])]`;
  const before = (text: string): string => (label ? `${label}: ${text}` : text);
  return draw.pick(
    () => [before(`for (let ${i} = 0; ${i} < 2; ${i}++) {`), ...body(withItem), '}'],
    () => [before(`for (const ${i} of ${list}) {`), ...body(withItem), '}'],
    () => [
      before(`for (const ${i} in ${objectLiteral(writing, scope, () => writing.expression(scope, 0))}) {`),
      ...body(withItem),
      '}',
    ],
    () => [`let ${i} = 0;`, before(`while (${i}++ < 2 && ${writing.expression(scope, 1)}) {`), ...body(), '}'],
    () => [`let ${i} = 0;`, before('do {'), ...body(), `} while (${i}++ < 1 && ${writing.expression(scope, 1)});`],
    // Nothing inside may go on with the next round: there would be no end of them.
    () => [before(`while (${read(writing, scope)}) {`), ...body({ ...scope, depth: scope.depth - 1 }), '  break;', '}'],
    () => [before(`for (let ${i} = 0; ${i} < 2 && ${writing.expression(scope, 0)}; ${i}++) ${writing.log(i)};`)],
  )();
}

/** Cases share their scope, unless they have braces; most end with a `break`, some run on into the next one. */
function switchStatement(writing: Writing, scope: Scope): string[] {
  const { draw } = writing;
  const inner = { ...scope, declared: new Set<string>(), depth: scope.depth - 1, isFirst: false };
  const wanted = ['true', 'false', "'dark'", "'light'", '0', '1', '3', 'null'].filter(() => draw.oneIn(3));
  const heads = [...wanted.map((one) => `case ${one}:`), ...(draw.oneIn(3) ? [] : ['default:'])];
  if (draw.oneIn(4)) heads.reverse();
  const clauses = heads.flatMap((head) => {
    if (draw.oneIn(6)) return [`  ${head}`];
    const braces = draw.oneIn(2);
    const known = braces ? { ...inner, declared: new Set<string>(), isFirst: true } : inner;
    const early = draw.oneIn(4) ? [`if (${test(writing, scope)}) break;`] : [];
    const body = [...early, ...writing.lines(known, 1 + draw.upTo(2))];
    const end = draw.oneIn(5)
      ? []
      : [draw.oneIn(4) && scope.inFunction ? `return ${writing.expression(scope, 0)};` : 'break;'];
    return [`  ${head}${braces ? ' {' : ''}`, ...indented(indented([...body, ...end])), ...(braces ? ['  }'] : [])];
  });
  return [`switch (${draw.oneIn(4) ? top(writing, scope) : read(writing, scope)}) {`, ...clauses, '}'];
}

function tryStatement(writing: Writing, scope: Scope): string[] {
  const { draw } = writing;
  // What leaves from `finally` would swallow what was thrown: rare in life, and no part of the draw.
  const last = { ...scope, inFunction: false, inLoop: false };
  const thrown = draw.oneIn(3) ? [`  if (${test(writing, scope)}) throw new Error('${writing.fresh('e')}');`] : [];
  const caught = [draw.oneIn(3) ? '} catch {' : '} catch (error) {', ...block(writing, scope, 2)];
  if (caught[0] === '} catch (error) {') caught.splice(1, 0, `  ${writing.log('String(error)')};`);
  const finish = ['} finally {', ...block(writing, last, 2)];
  const body = ['try {', ...block(writing, scope), ...thrown];
  return draw.pick(
    () => [...body, ...caught, '}'],
    () => [...body, ...caught, ...finish, '}'],
    () => [...body, ...finish, '}'],
  )();
}

/** `var` in a block, seen outside of it. */
function varInBlock(writing: Writing, scope: Scope): Written {
  const name = writing.fresh('w');
  const { draw } = writing;
  const value = writing.expression(scope, 1);
  const head = `if (${test(writing, scope)}) {`;
  const text = draw.pick(
    () => [head, `  var ${name} = ${value};`, '}'],
    () => [head, `  var ${name} = ${value};`, '} else {', `  var ${name} = ${writing.expression(scope, 1)};`, '}'],
    () => [head, ...(scope.inFunction ? ['  return;'] : []), `  var ${name} = ${value};`, '}'],
  )();
  return [[...text, `${writing.log(name)};`], declare(scope, name, 'let')];
}
