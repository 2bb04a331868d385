import { read } from './expressions.ts';
import { declare, indented, type Scope, type Writing } from './scope.ts';
import type { Written } from './statements.ts';

/** The inside of a function: what is around may be used, and is assigned at times. */
function inside(scope: Scope, parameters: readonly string[], more: Partial<Scope> = {}): Scope {
  const names = scope.names.filter(({ name }) => !parameters.includes(name));
  return {
    names: [...names, ...parameters.map((name) => ({ name, kind: 'let' as const }))],
    declared: new Set(parameters),
    inFunction: true,
    isAsync: false,
    isGenerator: false,
    inLoop: false,
    labels: [],
    depth: scope.depth - 1,
    isFirst: false,
    ...more,
  };
}

interface Parameters {
  readonly names: readonly string[];
  readonly text: string;
}

/** Parameters: a value, some with a default, taken apart, or the rest of them. */
function parameters(writing: Writing, scope: Scope): Parameters {
  const { draw } = writing;
  const name = draw.pick('on', 'x', 'p');
  const plain = { ...scope, isAsync: false, isGenerator: false };
  return draw.pick<() => Parameters>(
    () => ({ names: [name], text: name }),
    () => ({ names: [name], text: `${name} = ${read(writing, plain)}` }),
    () => ({ names: [name, 'q'], text: `${name}, q = ${writing.expression(plain, 0)}` }),
    () => ({ names: [name, 'q'], text: `${name}, q` }),
    () => ({ names: [name], text: `...${name}` }),
  )();
}

/** A function that is called in one place or several, with the same constant or with others. */
export function functionStatement(writing: Writing, scope: Scope): Written {
  const { draw } = writing;
  const name = writing.fresh('fn');
  const { names, text } = parameters(writing, scope);
  const body = indented(writing.lines(inside(scope, names), 1 + draw.upTo(4)));
  const constant = draw.pick('true', 'false', read(writing, scope));
  const argument = (): string => draw.pick(constant, constant, writing.expression(scope, 0));
  const calls = Array.from({ length: 1 + draw.upTo(3) }, () => use(writing, `${name}(${argument()})`)).flat();
  const after = declare(scope, name, 'function');
  return draw.pick<() => Written>(
    () => [[`const ${name} = (${text}) => {`, ...body, '};', ...calls], after],
    () => [[`const ${name} = function (${text}) {`, ...body, '};', ...calls], after],
    () => [[`function ${name}(${text}) {`, ...body, '}', ...calls], after],
    () => [[...calls, `function ${name}(${text}) {`, ...body, '}'], after],
    () => {
      const leaves = scope.inFunction ? [`if (${read(writing, scope)}) return ${writing.log('9')};`] : [];
      return [[...calls, ...leaves, `function ${name}(${text}) {`, ...body, '}'], after];
    },
    () => [
      [`const ${name} = { m(${text}) {`, ...body, '} };', ...calls.map((one) => one.replace(`${name}(`, `${name}.m(`))],
      scope,
    ],
  )();
}

/** A call that is noted; what it throws is caught at times. */
function use(writing: Writing, call: string): string[] {
  const noted = `${writing.log(call)};`;
  if (!writing.draw.oneIn(3)) return [noted];
  return ['try {', `  ${noted}`, '} catch (error) {', `  ${writing.log('String(error)')};`, '}'];
}

export function generatorStatement(writing: Writing, scope: Scope): Written {
  const name = writing.fresh('gen');
  const body = writing.lines(inside(scope, ['p'], { isGenerator: true }), 1 + writing.draw.upTo(3));
  const steps = [
    `if (${read(writing, { ...scope, isAsync: false })}) yield ${writing.log('p')};`,
    `yield* [${writing.expression(inside(scope, ['p']), 1)}];`,
  ];
  return [
    [
      `function* ${name}(p) {`,
      ...indented([...body, ...steps]),
      '}',
      `for (const step of ${name}(${writing.expression(scope, 1)})) ${writing.log('step')};`,
    ],
    scope,
  ];
}

/**
 * An async function. Where the code around is async it is awaited at once, else nothing but its own end follows: without the
 * `await` of a flag what follows runs earlier, so programs in which two of them run side by side may differ.
 */
export function asyncFunction(writing: Writing, scope: Scope): Written {
  const { draw } = writing;
  const name = writing.fresh('later');
  const body = indented(writing.lines(inside(scope, ['p'], { isAsync: true }), 2 + draw.upTo(3)));
  const key = draw.pick(...writing.keys);
  const ready = writing.fresh('ready');
  const chained = draw.pick(
    [],
    [],
    [`  await fetchFlag('${key}').then((value) => ${writing.log('value')});`],
    [
      `  function ${ready}() {`,
      `    return fetchFlag('${key}');`,
      '  }',
      `  await ${ready}().then((value) => ${writing.log('value')});`,
    ],
  );
  const end = draw.pick(
    [],
    [`  return fetchFlag('${draw.pick(...writing.keys)}');`],
    [`  return ${writing.expression(inside(scope, ['p'], { isAsync: true }), 1)};`],
  );
  const head = draw.oneIn(2) ? [`async function ${name}(p) {`] : [`const ${name} = async (p) => {`];
  const definition = [...head, ...body, ...chained, ...end, head[0]!.startsWith('async') ? '}' : '};'];
  if (!scope.isAsync)
    return [
      [
        ...definition,
        `later(() => ${name}(${writing.expression({ ...scope, isAsync: false, isGenerator: false }, 0)}));`,
      ],
      scope,
    ];
  return [
    [...definition, ...use(writing, `await ${name}(${writing.expression(scope, 0)})`)],
    declare(scope, name, 'async'),
  ];
}

/** A class with fields, private ones too, accessors, static parts and methods. */
export function classStatement(writing: Writing, scope: Scope): Written {
  const { draw } = writing;
  const name = writing.fresh('C');
  const plain = {
    ...scope,
    isAsync: false,
    isGenerator: false,
    names: scope.names.filter((one) => one.kind !== 'async'),
  };
  const value = (): string => writing.expression(plain, 1);
  const method = (head: string): string[] => [
    `${head} {`,
    ...indented(writing.lines(inside(scope, ['p']), 1 + draw.upTo(2))),
    '}',
  ];
  const members = [
    () => [`a = ${value()};`],
    () => [`on = ${read(writing, plain)};`],
    () => [
      `#hidden = ${read(writing, plain)};`,
      'seen() {',
      `  return this.#hidden ? ${writing.log('1')} : ${writing.log('2')};`,
      '}',
    ],
    () => [`get ready() {`, `  return ${read(writing, plain)};`, '}'],
    () => [`static shared = ${value()};`],
    () => ['static {', `  ${writing.log(value())};`, '}'],
    () => ['constructor(p) {', `  this.p = ${read(writing, plain)} ? p : ${value()};`, '}'],
    () => method('inner(p)'),
    () => method('static make(p)'),
  ].flatMap((one) => (draw.oneIn(2) ? one() : []));
  const text = members.join('\n');
  const made = writing.fresh('c');
  const uses = [
    ...(/^on =/m.test(text) ? [`${made}.on`] : []),
    ...(/^a =/m.test(text) ? [`${made}.a`] : []),
    ...(/^seen/m.test(text) ? [`${made}.seen()`] : []),
    ...(/^get ready/m.test(text) ? [`${made}.ready`] : []),
    ...(/^static shared/m.test(text) ? [`${name}.shared`] : []),
    ...(/^constructor/m.test(text) ? [`${made}.p`] : []),
    ...(/^inner/m.test(text) ? [`${made}.inner(${writing.expression(scope, 0)})`] : []),
    ...(/^static make/m.test(text) ? [`${name}.make(${writing.expression(scope, 0)})`] : []),
  ];
  const calls = uses.flatMap((one) => use(writing, one));
  return [
    [
      `class ${name} {`,
      ...indented(members),
      '}',
      `const ${made} = new ${name}(${writing.expression(scope, 0)});`,
      ...calls,
    ],
    scope,
  ];
}
