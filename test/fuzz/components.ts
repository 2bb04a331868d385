import { type Draw, drawFrom } from './draw.ts';
import { layOutProgram } from './layout.ts';
import type { Flags, Program } from './programs.ts';

/** What is at hand where JSX is written. */
interface Place {
  readonly draw: Draw;
  readonly keys: readonly string[];
  /** Variables that hold some value. */
  readonly names: readonly string[];
  /** Components that were declared before. */
  readonly components: readonly string[];
  fresh(prefix: string): string;
}

/** Components of one file, `App` the last of them: what it renders, and what it notes on the way, is its behaviour. */
export function componentsOf(seed: number): Program {
  const draw = drawFrom(seed ^ 0x2c1b3c6d);
  const flags: Flags = {
    f: draw.oneIn(2),
    g: draw.oneIn(2),
    theme: draw.pick('dark', 'light', ''),
    count: draw.pick(0, 1, 3),
  };
  const removed = draw.pick(['f'], ['f', 'g'], ['f', 'theme'], ['g', 'count'], ['f', 'g', 'theme', 'count']);
  let names = 0;
  const place: Place = {
    draw,
    keys: [...removed, ...removed, 'f', 'g', 'theme', 'count'],
    names: [],
    components: [],
    fresh: (prefix) => `${prefix}${names++}`,
  };
  const lines = ["import * as React from 'react';"];
  const components: string[] = [];
  for (let i = draw.upTo(3); i > 0; i--) {
    const name = place.fresh('Part');
    lines.push(
      ...component(
        { ...place, components },
        name,
        draw.pick('({ on, label })', "({ on = false, label = 'none', children })", '(props)'),
      ),
    );
    components.push(name);
  }
  lines.push(...component({ ...place, components }, 'App', '()'), 'export default App;');
  return { text: layOutProgram(lines, draw), flags, removed };
}

function component(place: Place, name: string, parameters: string): string[] {
  const { draw } = place;
  const given = parameters === '()' ? [] : parameters === '(props)' ? ['props.on', 'props.label'] : ['on', 'label'];
  const known = parameters.includes('children') ? [...given, 'children'] : given;
  const [before, names] = holders({ ...place, names: known });
  const inner = { ...place, names };
  const early = draw.oneIn(4)
    ? [`if (${test(inner)}) return ${draw.pick('null', '<i>early</i>', `<>${text(draw)}<b /></>`)};`]
    : [];
  const body = [...before, ...early, ...returned(inner)].map((line) => `  ${line}`);
  return draw.pick(
    () => [`function ${name}${parameters} {`, ...body, '}'],
    () => [`const ${name} = ${parameters} => {`, ...body, '};'],
    () => [`const ${name} = React.memo(${parameters} => {`, ...body, '});'],
  )();
}

/** Statements before the markup: flags under a name, markup that is chosen first. */
function holders(place: Place): [string[], readonly string[]] {
  const { draw } = place;
  const lines: string[] = [];
  let { names } = place;
  for (let i = draw.upTo(4); i > 0; i--) {
    const name = place.fresh('v');
    const now = { ...place, names };
    const key = draw.pick(...place.keys);
    const [wanted, line] = draw.pick<() => [boolean, string[]]>(
      () => [true, [`const ${name} = ${draw.pick('', '!')}${read(place)};`]],
      () => [true, [`const { ${key}: ${name} } = useFlags();`]],
      () => [true, [`const ${name} = ${value(now)};`]],
      () => [true, [`let ${name} = null;`, `if (${test(now)}) ${name} = ${element(now, 1).join(' ')};`]],
      () => [true, [`const ${name} = ${read(place)} ? ${element(now, 1).join(' ')} : null;`]],
      () => [
        true,
        [`const ${name} = () => ${read(place)} && ${element(now, 0).join(' ')};`, `log('${name}', ${read(place)});`],
      ],
    )();
    lines.push(...line);
    if (wanted) names = [...names, line[0]!.includes('() =>') ? `${name}()` : name];
  }
  return [lines, names];
}

function returned(place: Place): string[] {
  const lines = element(place, 3);
  if (lines.length === 1) return [`return ${lines[0]};`];
  return ['return (', ...lines.map((line) => `  ${line}`), ');'];
}

function read({ draw, keys }: Pick<Place, 'draw' | 'keys'>): string {
  return `flag('${draw.pick(...keys)}')`;
}

function test(place: Place): string {
  const { draw, names } = place;
  return draw.pick(
    () => read(place),
    () => `!${read(place)}`,
    () => `${read(place)} === ${draw.pick("'dark'", '1', 'true')}`,
    () => `${read(place)} ${draw.pick('&&', '||')} ${read(place)}`,
    () => (names.length > 0 ? `${draw.pick(...names)} ${draw.pick('&&', '||')} ${read(place)}` : read(place)),
  )();
}

function value(place: Place): string {
  const { draw } = place;
  const word = draw.pick("'a'", "'b c'", '0', '2', "''", 'true', 'null');
  return draw.pick(
    () => read(place),
    () => word,
    () => `${test(place)} ? 'yes' : ${word}`,
    () => `\`x-\${${read(place)}}\``,
    () => `${read(place)} ?? ${word}`,
    () => `(${read(place)} || ${word})`,
    () => (place.names.length > 0 ? `(${draw.pick(...place.names)} && ${word})` : word),
  )();
}

function text(draw: Draw): string {
  return draw.pick('Hello', 'total: ', ' and', ' or ', 'a, b', '(', ')', '&amp; more', '...');
}

/** One element as lines: on one line where it is small, else its children on lines of their own. */
function element(place: Place, depth: number): string[] {
  const { draw, components } = place;
  if (components.length > 0 && draw.oneIn(4)) return use(place, depth);
  if (depth > 0 && draw.oneIn(6)) return wrap(draw, '<>', '</>', children(place, depth - 1));
  if (depth > 0 && draw.oneIn(8)) return feature(place, depth);
  const tag = draw.pick('div', 'span', 'p', 'b');
  const list = attributes(place);
  const head = `<${[tag, ...list].join(' ')}`;
  if (depth <= 0 || draw.oneIn(6)) return draw.oneIn(2) ? [`${head} />`] : [`${head}>${text(draw)}</${tag}>`];
  return wrap(draw, `${head}>`, `</${tag}>`, children(place, depth - 1));
}

function wrap(draw: Draw, open: string, close: string, inner: readonly string[][]): string[] {
  const total = inner.flat();
  if (inner.every((child) => child.length === 1) && draw.oneIn(2))
    return [open + total.join(draw.pick('', '', ' ')) + close];
  return [open, ...sideBySide(inner, draw).map((line) => `  ${line}`), close];
}

/** Neighbours of one line share it at times: white space between them counts then. */
function sideBySide(inner: readonly string[][], draw: Draw): string[] {
  const lines: string[] = [];
  let joins = false;
  for (const child of inner) {
    if (joins && child.length === 1) lines.push(lines.pop()! + draw.pick('', ' ') + child[0]);
    else lines.push(...child);
    joins = child.length === 1 && draw.oneIn(2);
  }
  return lines;
}

function children(place: Place, depth: number): string[][] {
  return Array.from({ length: 1 + place.draw.upTo(4) }, () => child(place, depth));
}

function child(place: Place, depth: number): string[] {
  const { draw, names } = place;
  const one = (): string => element(place, Math.min(depth, 0)).join(' ');
  const nested = (open: string, close: string): string[] => {
    const lines = element(place, depth);
    return lines.length === 1
      ? [open + lines[0] + close]
      : [`${open}(`, ...lines.map((line) => `  ${line}`), `)${close}`];
  };
  return draw.pick<() => string[]>(
    () => element(place, depth),
    () => [text(draw)],
    () => [text(draw)],
    () => nested(`{${test(place)} && `, '}'),
    () => nested(`{${test(place)} && `, '}'),
    () => [`{${test(place)} ? ${one()} : ${one()}}`],
    () => [`{${test(place)} ? ${one()} : null}`],
    () =>
      [
        '{',
        `  ${test(place)} ? (`,
        ...element(place, depth).map((line) => `    ${line}`),
        '  ) : (',
        ...element(place, depth).map((line) => `    ${line}`),
        '  )',
        '}',
      ]
        .join('\n')
        .replace('{\n  ', '{')
        .replace('\n}', '}')
        .split('\n'),
    () => [`{${value(place)}}`],
    () => [`{${read(place)} && 'words'}`],
    () => [`{${read(place)} ? 'one' : 'two'}`],
    () => ["{' '}"],
    () => ['{/* a note */}'],
    () => [`{['p', 'q'].map((item) => ${test(place)} ? <i key={item}>{item}</i> : item)}`],
    () => [`{[${read(place)} && 'x', 'y'].filter(Boolean).join()}`],
    () => (names.length > 0 ? [`{${draw.pick(...names)}}`] : [`{${read(place)}}`]),
    () => [`{${read(place)}}`],
  )();
}

function attributes(place: Place): string[] {
  const { draw } = place;
  const made = [
    () => `className={${value(place)}}`,
    () => 'id="a"',
    () => `title={${read(place)} ? 'on' : 'off'}`,
    () => `hidden={${read(place)}}`,
    () => `hidden={!${read(place)}}`,
    () => `data-x={${value(place)}}`,
    () => `{...(${test(place)} && { lang: 'en' })}`,
    () => `{...(${test(place)} ? { lang: 'en', role: 'x' } : {})}`,
    () => `tabIndex={${read(place)} ? 1 : undefined}`,
    () => `{...{ 'data-y': ${read(place)} }}`,
  ];
  return made.filter(() => draw.oneIn(9)).map((one) => one());
}

function use(place: Place, depth: number): string[] {
  const { draw } = place;
  const name = draw.pick(...place.components);
  const on = draw.pick(
    '',
    ' on',
    ` on={${read(place)}}`,
    ` on={${draw.pick('true', 'false')}}`,
    ` on={${value(place)}}`,
  );
  const label = draw.pick('', ' label="word"', ` label={${value(place)}}`);
  const rest = draw.oneIn(5) ? ` {...(${test(place)} ? { label: 'spread' } : {})}` : '';
  const head = `<${name}${on}${label}${rest}`;
  return depth > 0 && draw.oneIn(3) ? wrap(draw, `${head}>`, `</${name}>`, children(place, depth - 1)) : [`${head} />`];
}

/** An element that shows its children when a flag is on. */
function feature(place: Place, depth: number): string[] {
  const { draw } = place;
  const fallback = draw.pick('', ' fallback={<i>off</i>}', ' fallback={null}');
  return wrap(
    draw,
    `<Feature name="${draw.pick(...place.keys)}"${fallback}>`,
    '</Feature>',
    children(place, depth - 1),
  );
}
