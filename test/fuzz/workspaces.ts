import { type Draw, drawFrom } from './draw.ts';
import type { Flags } from './programs.ts';

/** Modules that log what they do; `src/main.ts` runs them. */
export interface Workspace {
  readonly files: ReadonlyMap<string, string>;
  readonly flags: Flags;
  readonly removed: readonly string[];
}

/** What a module offers: how it is used, given a name for it. */
interface Offer {
  readonly name: string;
  readonly isDefault?: boolean;
  /** An expression that uses it under `as`. */
  use(as: string, place: Place): string;
}

interface Module {
  readonly path: string;
  readonly offers: readonly Offer[];
  /** Names that a barrel gives the offers, where it passes them on. */
  readonly passedOn: ReadonlyMap<Offer, string>;
}

interface Place {
  readonly draw: Draw;
  fresh(prefix: string): string;
  log(value: string): string;
  /** Local names of what is imported, filled while the text is written. */
  readonly imported: Map<string, string>;
}

const sdk = "import { getVariant, isEnabled } from 'unleash-client';";
const barrel = 'src/parts/index.ts';

/** The same workspace for the same seed: modules that use each other in one direction, a barrel, and a main file. */
export function workspaceOf(seed: number): Workspace {
  const draw = drawFrom(seed ^ 0x51ed270b);
  const flags: Flags = { f: draw.oneIn(2), g: draw.oneIn(2), theme: draw.pick('dark', 'light') };
  const wanted = draw.pick(['f'], ['f'], ['f', 'g'], ['theme'], ['f', 'g', 'theme']);
  let names = 0;
  let effects = 0;
  const place: Place = {
    draw,
    fresh: (prefix) => `${prefix}${names++}`,
    log: (value) => `log(${++effects}, ${value})`,
    imported: new Map(),
  };
  const files = new Map<string, string>();
  const modules: Module[] = [];
  for (let i = 2 + draw.upTo(4); i > 0; i--) {
    const path = `src/parts/${draw.pick('one', 'two', 'three')}-${modules.length}.ts`;
    const [text, offers] = moduleText({ ...place, imported: new Map() }, path, modules);
    files.set(path, text);
    modules.push({ path, offers, passedOn: passedOn(draw, offers, modules.length) });
  }
  files.set(barrel, barrelText(modules));
  files.set('src/setup.ts', `log('setup', ${read(place)});\n`.replace(/^/, `${sdk}\n`));
  files.set('src/main.ts', mainText({ ...place, imported: new Map() }, modules));
  files.set('package.json', '{ "name": "generated", "dependencies": { "unleash-client": "6" } }\n');
  // A flag that nothing reads cannot be removed; the set-up reads one.
  const text = [...files.values()].join('\n');
  const isRead = (key: string): boolean => text.includes(`('${key}')`);
  const removed = wanted.some(isRead) ? wanted.filter(isRead) : Object.keys(flags).filter(isRead);
  return { files, flags, removed };
}

function read({ draw }: Pick<Place, 'draw'>): string {
  return draw.pick(
    "isEnabled('f')",
    "isEnabled('f')",
    "isEnabled('g')",
    "getVariant('theme').name",
    "(getVariant('theme').name === 'dark')",
  );
}

function constant(place: Place): string {
  return place.draw.pick('true', 'false', "'dark'", read(place), read(place));
}

/**
 * What one module offers, with the statements that define it. It does nothing when it is loaded: an import that lost its use goes, and
 * what the module did by being loaded with it.
 */
function moduleText(place: Place, path: string, others: readonly Module[]): [string, Offer[]] {
  const { draw } = place;
  const used = (): string => use(place, path, others) ?? place.log(read(place));
  const offers: Offer[] = [];
  const body: string[] = [];
  for (let i = 1 + draw.upTo(3); i > 0; i--) {
    const [lines, offer] = draw.pick(
      () => flagParameter(place, used),
      () => flagParameter(place, used),
      () => optionsParameter(place, used),
      () => heldFlag(place),
      () => flagFunction(place),
      () => keyFunction(place),
      () => record(place),
      () => classWithFlag(place, used),
      () => plainFunction(place, used),
    )();
    const isDefault = !offers.some((one) => one.isDefault) && draw.oneIn(4);
    body.push(...(isDefault ? asDefault(lines, offer.name) : lines), '');
    offers.push({ ...offer, isDefault });
  }
  return [[sdk, ...importLines(place), '', ...body].join('\n'), offers];
}

function asDefault(lines: readonly string[], name: string): string[] {
  const text = lines.map((line) => line.replace(/^export (async )?(function|class|const)/, '$1$2'));
  return [...text, `export default ${name};`];
}

type Defined = readonly [lines: string[], offer: Offer];

/** A function that gets a flag, at times with a default, and is called with constants, spread lists, or handed on. */
function flagParameter(place: Place, used: () => string): Defined {
  const { draw } = place;
  const name = place.fresh('run');
  const [head, isArrow] = draw.pick<[string, boolean]>(
    [`export function ${name}`, false],
    [`export const ${name} =`, true],
  );
  const parameters = draw.pick(
    '(on: unknown, label = "none")',
    '(on: unknown = true)',
    `(label: string, on: unknown = ${draw.pick('true', 'false')})`,
    '(on: unknown, ...rest: number[])',
  );
  const isSecond = parameters.startsWith('(label');
  const shown = parameters.includes('rest') ? 'rest.length' : parameters.includes('label') ? 'label' : '0';
  const body = draw.pick(
    () => [`  if (on) return ${place.log(shown)};`, `  return ${used()};`],
    () => [`  if (!on) {`, `    ${place.log(used())};`, '  }', `  return on ? ${shown} : ${place.log('2')};`],
    () => [`  const chosen = on && ${used()};`, `  return [chosen, ${shown}];`],
    () => [`  return { on, shown: ${shown} };`],
  )();
  const same = constant(place);
  const given = (): string => draw.pick(same, same, same, constant(place));
  const use = (as: string): string =>
    draw.pick(
      () => `${as}(${isSecond ? `'a', ${given()}` : given()})`,
      () => `${as}(${isSecond ? `'a', ${given()}` : given()})`,
      () => (isSecond ? `${as}('b')` : `${as}(${given()})`),
      () =>
        draw.oneIn(6)
          ? `[true, false].map((on) => ${as}(${isSecond ? "'c', on" : 'on'}))`
          : `${as}(${isSecond ? "'a', " : ''}${same})`,
      () =>
        draw.oneIn(6) ? `apply(${as}, ${isSecond ? "'d'" : given()})` : `${as}(${isSecond ? "'a', " : ''}${same})`,
      () =>
        draw.oneIn(4)
          ? `${as}(...([${isSecond ? "'e', " : ''}${given()}] as const))`
          : `${as}(${isSecond ? "'a', " : ''}${same})`,
    )();
  return [
    [isArrow ? `${head} ${parameters} => {` : `${head}${parameters} {`, ...body, isArrow ? '};' : '}'],
    { name, use },
  ];
}

/** The same with an object of options, under a type of its own. */
function optionsParameter(place: Place, used: () => string): Defined {
  const { draw } = place;
  const name = place.fresh('show');
  const type = place.fresh('Options');
  const taken = draw.oneIn(2);
  const on = taken ? 'on' : 'options.on';
  const same = constant(place);
  const object = (): string =>
    `{ ${draw.oneIn(5) ? '' : `on: ${draw.pick(same, same, same, constant(place))}, `}size: ${draw.upTo(3)} }`;
  return [
    [
      `export interface ${type} {`,
      '  on?: boolean | string;',
      '  size: number;',
      '}',
      '',
      `export function ${name}(${taken ? `{ on${draw.oneIn(3) ? ' = false' : ''}, size }` : 'options'}: ${type}) {`,
      `  if (${on}) ${place.log(taken ? 'size' : 'options.size')};`,
      `  return ${on} ? ${used()} : ${taken ? 'size' : 'options.size'};`,
      '}',
    ],
    { name, use: (as) => (draw.oneIn(6) ? `apply(${as}, ${object()})` : `${as}(${object()})`) },
  ];
}

function heldFlag(place: Place): Defined {
  const name = place.fresh('isNew');
  return [
    [`export const ${name} = ${place.draw.pick('', '!')}${read(place)};`],
    {
      name,
      use: (as, at) => at.draw.pick(`(${as} ? ${at.log('1')} : ${at.log('2')})`, `(${as} && ${at.log('3')})`, as),
    },
  ];
}

function flagFunction(place: Place): Defined {
  const name = place.fresh('hasNew');
  const { draw } = place;
  const lines = draw.pick(
    [`export const ${name} = () => ${read(place)};`],
    [`export function ${name}() {`, `  return ${read(place)};`, '}'],
    [`export function ${name}(): boolean {`, `  const on = isEnabled('f');`, '  return on;', '}'],
  );
  return [
    lines,
    {
      name,
      use: (as, at) => at.draw.pick(`(${as}() ? ${at.log('4')} : ${at.log('5')})`, `!${as}()`, `apply(${as}, 0)`),
    },
  ];
}

/** A reader whose key is given. */
function keyFunction(place: Place): Defined {
  const name = place.fresh('isOn');
  return [
    [`export function ${name}(key: string) {`, '  return isEnabled(key);', '}'],
    { name, use: (as, at) => `(${as}('${at.draw.pick('f', 'f', 'g')}') ? ${at.log('6')} : ${at.log('7')})` },
  ];
}

/** An object, or a function that returns one, with a flag among its members. */
function record(place: Place): Defined {
  const { draw } = place;
  const name = place.fresh('config');
  const isObject = draw.oneIn(2);
  const members = [`isNew: ${read(place)}`, `size: ${draw.oneIn(3) && !isObject ? place.log('8') : '3'}`];
  if (draw.oneIn(2)) members.reverse();
  if (isObject)
    return [
      [`export const ${name} = { ${members.join(', ')} };`],
      {
        name,
        use: (as, at) =>
          at.draw.pick(`(${as}.isNew ? ${at.log('9')} : ${as}.size)`, `${as}.size`, `(({ isNew }) => isNew)(${as})`),
      },
    ];
  return [
    [`export function ${name}() {`, `  return { ${members.join(', ')} };`, '}'],
    {
      name,
      use: (as, at) =>
        at.draw.pick(
          `(${as}().isNew ? ${at.log('10')} : ${at.log('11')})`,
          `${as}().size`,
          `Object.keys(${as}()).length`,
        ),
    },
  ];
}

function classWithFlag(place: Place, used: () => string): Defined {
  const { draw } = place;
  const name = place.fresh('Service');
  const hidden = draw.pick('private on', '#on', 'on', 'readonly on');
  const access = hidden.startsWith('#') ? 'this.#on' : 'this.on';
  const isGiven = draw.oneIn(2);
  const same = constant(place);
  return [
    [
      `export class ${name} {`,
      ...(isGiven
        ? [`  ${hidden};`, '', '  constructor(on: boolean | string) {', `    ${access} = on;`, '  }']
        : [`  ${hidden} = ${read(place)};`]),
      '',
      '  run(loud: boolean) {',
      `    if (loud) ${place.log('12')};`,
      `    return ${access} ? ${used()} : ${place.log('13')};`,
      '  }',
      '}',
    ],
    {
      name,
      use: (as) =>
        `new ${as}(${isGiven ? draw.pick(same, same, constant(place)) : ''}).run(${draw.pick('true', 'true', 'false')})`,
    },
  ];
}

function plainFunction(place: Place, used: () => string): Defined {
  const name = place.fresh('step');
  return [
    [
      `export function ${name}(n: number) {`,
      `  if (${read(place)}) {`,
      `    return ${used()};`,
      '  }',
      `  return ${place.log('n')};`,
      '}',
    ],
    { name, use: (as, at) => `${as}(${at.draw.upTo(3)})` },
  ];
}

function passedOn(draw: Draw, offers: readonly Offer[], number: number): ReadonlyMap<Offer, string> {
  if (draw.oneIn(3)) return new Map();
  const all = draw.oneIn(2);
  return new Map(
    offers
      .filter((one) => !one.isDefault || !all)
      .map((one, i) => [one, all ? one.name : `${one.isDefault ? 'default' : ''}Passed${number}x${i}`]),
  );
}

function barrelText(modules: readonly Module[]): string {
  const lines = modules.flatMap(({ path, passedOn }) => {
    const from = `'./${path.slice('src/parts/'.length, -3)}'`;
    if (passedOn.size === 0) return [];
    if ([...passedOn].every(([offer, name]) => offer.name === name)) return [`export * from ${from};`];
    const list = [...passedOn].map(([offer, name]) => `${offer.isDefault ? 'default' : offer.name} as ${name}`);
    return [`export { ${list.join(', ')} } from ${from};`];
  });
  return `${lines.join('\n')}\n`;
}

/** Uses something of another module, and notes how it is imported. */
function use(place: Place, path: string, modules: readonly Module[]): string | undefined {
  const { draw } = place;
  if (modules.length === 0) return undefined;
  const module = draw.pick(...modules);
  const offer = draw.pick(...module.offers);
  return offer.use(localName(place, path, module, offer), place);
}

/** The name under which an offer is at hand: by name, alias, default, namespace or barrel. */
function localName(place: Place, path: string, module: Module, offer: Offer): string {
  const { draw } = place;
  const folder = path.startsWith('src/parts/') ? './' : './parts/';
  const direct = folder + module.path.slice('src/parts/'.length, -3);
  const passed = module.passedOn.get(offer);
  const alias = draw.oneIn(4) ? place.fresh('alias') : undefined;
  const add = (line: string, local: string): string => {
    const known = place.imported.get(line);
    place.imported.set(line, known ?? local);
    return known ?? local;
  };
  const isPart = path.startsWith('src/parts/');
  // A part that imports the barrel would load it in a circle.
  if (passed && !isPart && draw.oneIn(2)) {
    if (draw.oneIn(4)) return `${add("import * as parts from './parts';", 'parts')}.${passed}`;
    return add(`import { ${alias ? `${passed} as ${alias}` : passed} } from './parts';`, alias ?? passed);
  }
  if (offer.isDefault) return add(`import ${alias ?? offer.name} from '${direct}';`, alias ?? offer.name);
  if (draw.oneIn(6)) {
    const space = `all${module.path.replace(/\W/g, '')}`;
    return `${add(`import * as ${space} from '${direct}';`, space)}.${offer.name}`;
  }
  return add(`import { ${alias ? `${offer.name} as ${alias}` : offer.name} } from '${direct}';`, alias ?? offer.name);
}

function importLines(place: Place): string[] {
  return [...place.imported.keys()];
}

function mainText(place: Place, modules: readonly Module[]): string {
  const { draw } = place;
  const body: string[] = [];
  for (let i = 2 + draw.upTo(5); i > 0; i--) {
    const used = use(place, 'src/main.ts', modules)!;
    body.push(
      ...draw.pick(
        () => [`${place.log(used)};`],
        () => [
          `if (${read(place)}) {`,
          `  ${place.log(used)};`,
          '} else {',
          `  ${place.log(use(place, 'src/main.ts', modules)!)};`,
          '}',
        ],
        () => [`const ${place.fresh('found')} = ${read(place)} ? ${used} : ${place.log('14')};`],
      )(),
    );
  }
  return [sdk, ...importLines(place), ...(draw.oneIn(2) ? ["import './setup';"] : []), '', ...body, ''].join('\n');
}
