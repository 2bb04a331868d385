import { ts } from 'ts-morph';
import { basename, dirname, extname, relativeSpecifier } from '../core/paths.ts';
import { parse } from '../facts/parse.ts';
import { isTestPath } from '../facts/tests.ts';
import type { World } from '../fixes/fix.ts';
import { type CodeStyle, styleOf } from '../wrap/style.ts';
import { isModule } from '../wrap/syntax.ts';

type Framework = 'vitest' | 'jest' | 'mocha' | 'node:test' | 'ava';

/** How tests are written near a file. */
export interface TestStyle {
  readonly framework: Framework;
  /** The nearest test, whose ways are followed. */
  readonly model: { readonly path: string; readonly file: ts.SourceFile } | undefined;
  readonly code: CodeStyle;
  /** `it` or `test`. */
  readonly word: 'it' | 'test';
  readonly describe: boolean;
  /** Test functions are imported, not global. */
  readonly imported: boolean;
  /** The module that the test functions come from. */
  readonly from: string;
  readonly assertion: { readonly kind: 'expect' | 'assert' | 'ava'; readonly line: string | undefined };
  readonly require: boolean;
}

/** Tells framework and style from a test (without one given: the nearest), else from the nearest `package.json`; else `node:test`. */
export function testStyle(
  path: string,
  source: ts.SourceFile,
  world: World,
  nearest: string | undefined = nearestTest(path, world),
): TestStyle {
  const framework = frameworkOf(path, nearest, world);
  const text = nearest === undefined ? undefined : world.text(nearest);
  const model = nearest === undefined || text === undefined ? undefined : { path: nearest, file: parse(nearest, text) };
  const specifiers = model === undefined ? [] : importedModules(model.file);
  const body = model?.file.text ?? '';
  const own = { vitest: 'vitest', jest: '@jest/globals', mocha: 'mocha', 'node:test': 'node:test', ava: 'ava' }[
    framework
  ];
  const count = (word: string) => body.match(new RegExp(`\\b${word}(?:\\.\\w+)?\\(`, 'g'))?.length ?? 0;
  const code = styleOf(model?.file ?? source);
  const usesRequire = isTypeScript(path)
    ? false
    : model === undefined
      ? !isEsm(path, source, world)
      : !isModule(model.file) && /\brequire\(/.test(body);
  return {
    framework,
    model,
    code,
    word:
      model === undefined
        ? framework === 'node:test' || framework === 'ava'
          ? 'test'
          : 'it'
        : count('test') > count('it')
          ? 'test'
          : 'it',
    describe: framework !== 'ava' && (model === undefined ? framework !== 'node:test' : /\bdescribe\(/.test(body)),
    imported:
      framework === 'node:test' ||
      framework === 'ava' ||
      (model === undefined ? framework === 'vitest' : specifiers.includes(own)),
    from: own,
    assertion: assertionOf(framework, model?.file, path, world),
    require: usesRequire,
  };
}

/** Where the test of a file belongs: an existing test of it, else by the convention of the nearest test, else beside it. */
export function testPathFor(path: string, style: TestStyle, world: World, jsx: boolean): string {
  const name = basename(path).replace(/\.[cm]?[jt]sx?$/, '');
  const own =
    world.reach.testsOf(path).find((one) => stem(one) === name) ??
    world.paths.find((one) => isTestPath(one) && stem(one) === name && mirrors(one, path));
  if (own !== undefined) return own;
  const { model } = style;
  const ending = endingFor(path, style, jsx);
  const suffix =
    model === undefined
      ? '.test'
      : (/([._-](?:test|spec))\.[cm]?[jt]sx?$/.exec(model.path)?.[1] ?? (isTestFolder(model.path) ? '' : '.test'));
  return `${join(folderFor(path, model?.path, world), `${name}${suffix}${ending}`)}`;
}

/** The specifier by which a test imports a file, in the way of the nearest test. */
export function subjectSpecifier(
  testPath: string,
  path: string,
  style: TestStyle,
  source: ts.SourceFile,
  world: World,
): string {
  const { model } = style;
  const specifiers = model === undefined ? [] : importedModules(model.file);
  const bare = path.replace(/\.[cm]?[jt]sx?$/, '');
  for (const specifier of specifiers) {
    if (model === undefined || specifier.startsWith('.')) continue;
    const meant = world.graph.resolve(model.path, specifier)?.replace(/\.[cm]?[jt]sx?$/, '');
    const slash = specifier.indexOf('/');
    if (meant === undefined || slash < 0) continue;
    const tail = specifier.slice(slash + 1).replace(/\.[cm]?[jt]sx?$/, '');
    if (!meant.endsWith(`/${tail}`) && meant !== tail) continue;
    const root = meant.slice(0, meant.length - tail.length);
    if (!bare.startsWith(root)) continue;
    const alias = specifier.slice(0, slash + 1) + bare.slice(root.length);
    if (world.graph.resolve(model.path, alias) === path) return alias;
  }
  const relative =
    specifiers.find((one) => one.startsWith('.') && /\/[^/]*[A-Za-z]/.test(one)) ??
    importedModules(source).find((one) => one.startsWith('.'));
  const ending =
    relative === undefined ? defaultEnding(path, style, source) : (/\.[cm]?[jt]sx?$/.exec(relative)?.[0] ?? '');
  const written =
    ending === ''
      ? ''
      : /^\.[cm]?ts/.test(ending) || !isTypeScript(path)
        ? extname(path)
        : extname(path).replace('ts', 'js').replace('jsx', 'js');
  const target = written === '' && basename(bare) === 'index' ? dirname(bare) : bare;
  return relativeSpecifier(testPath, (target === '' ? bare : target) + written);
}

export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

function importedModules(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) found.push(node.moduleSpecifier.text);
    const [first] =
      ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require'
        ? node.arguments
        : [];
    if (first !== undefined && ts.isStringLiteral(first)) found.push(first.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function nearestTest(path: string, world: World): string | undefined {
  const usable = world.paths.filter((one) => {
    const framework = world.facts(one)?.test?.framework;
    const text = framework === undefined || framework === 'playwright' ? undefined : world.text(one);
    return text !== undefined && /\b(?:it|test)(?:\.\w+)?\s*\(/.test(text) && one !== path;
  });
  const own = new Set(world.reach.testsOf(path));
  const rank = (one: string) => (own.has(one) ? 0 : 1) + 2 * distance(path, one);
  return usable.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (isTypeScript(b) === isTypeScript(path) ? 1 : 0) - (isTypeScript(a) === isTypeScript(path) ? 1 : 0) ||
      (a < b ? -1 : 1),
  )[0];
}

function distance(a: string, b: string): number {
  const from = dirname(a).split('/');
  const to = dirname(b).split('/');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return from.length + to.length - 2 * same;
}

function frameworkOf(path: string, nearest: string | undefined, world: World): Framework {
  const told = nearest === undefined ? undefined : world.facts(nearest)?.test?.framework;
  if (told !== undefined && told !== 'unknown' && told !== 'playwright') return told;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = fromPackage(world.text(join(folder, 'package.json')));
    if (found !== undefined) return found;
    if (folder === '') return 'node:test';
  }
}

function fromPackage(text: string | undefined): Framework | undefined {
  const file = packageOf(text);
  if (file === undefined) return undefined;
  const scripts = Object.values(file.scripts ?? {}).join('\n');
  const has = (name: string) => name in { ...file.dependencies, ...file.devDependencies };
  if (/\bvitest\b/.test(scripts) || has('vitest')) return 'vitest';
  if (/\bjest\b|react-scripts test/.test(scripts) || has('jest') || has('ts-jest') || has('@jest/globals'))
    return 'jest';
  if (/\bava\b/.test(scripts) || has('ava')) return 'ava';
  if (/\bmocha\b/.test(scripts) || has('mocha')) return 'mocha';
  return /node\b.*--test\b/.test(scripts) ? 'node:test' : undefined;
}

interface PackageFile {
  readonly type?: string;
  readonly scripts?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

function packageOf(text: string | undefined): PackageFile | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function nearestPackage(path: string, world: World): PackageFile | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = packageOf(world.text(join(folder, 'package.json')));
    if (found !== undefined || folder === '') return found;
  }
}

/** True when a package is a dependency of the nearest package. */
export function dependsOn(path: string, name: string, world: World): boolean {
  const file = nearestPackage(path, world);
  return name in { ...file?.dependencies, ...file?.devDependencies };
}

function isEsm(path: string, source: ts.SourceFile, world: World): boolean {
  if (path.endsWith('.mjs')) return true;
  if (path.endsWith('.cjs')) return false;
  return (
    isModule(source) ||
    (nearestPackage(path, world)?.type === 'module' && !/\brequire\(|module\.exports/.test(source.text))
  );
}

function assertionOf(
  framework: Framework,
  model: ts.SourceFile | undefined,
  path: string,
  world: World,
): TestStyle['assertion'] {
  if (framework === 'ava') return { kind: 'ava', line: undefined };
  if (framework === 'vitest' || framework === 'jest') return { kind: 'expect', line: undefined };
  for (const statement of model?.statements ?? []) {
    const text = statement.getText(model);
    if (/^(import|const|var|let)\b[^'"]*\bexpect\b[^'"]*['"](chai|expect|vitest)['"]/.test(text))
      return { kind: 'expect', line: text };
    if (/^(import|const|var|let)\s+(\*\s+as\s+)?assert\b[^'"]*['"](node:)?assert(\/strict)?['"]/.test(text))
      return { kind: 'assert', line: text };
  }
  if (framework === 'mocha' && dependsOn(path, 'chai', world)) return { kind: 'expect', line: undefined };
  return { kind: 'assert', line: undefined };
}

function endingFor(path: string, style: TestStyle, jsx: boolean): string {
  const own = extname(path);
  if (jsx) return isTypeScript(path) ? '.tsx' : own === '.js' ? '.js' : '.jsx';
  if (isTypeScript(path)) return own === '.tsx' ? '.ts' : own;
  const { model } = style;
  if (model !== undefined && !isTypeScript(model.path) && !/x$/.test(model.path)) return extname(model.path);
  return own === '.jsx' ? '.js' : own;
}

function folderFor(path: string, model: string | undefined, world: World): string {
  const folder = dirname(path);
  if (model === undefined || !isTestFolder(model)) return folder;
  if (/(^|\/)__tests__(\/|$)/.test(dirname(model))) return join(folder, '__tests__');
  const subject = world.graph
    .importsOf(model)
    .find((one) => stem(model) === basename(one).replace(/\.[cm]?[jt]sx?$/, ''));
  const to = dirname(model).split('/');
  if (subject !== undefined) {
    const from = dirname(subject)
      .split('/')
      .filter((part) => part !== '');
    while (from.length > 0 && to.length > 0 && from.at(-1) === to.at(-1) && !/^(tests?|spec)$/.test(to.at(-1)!)) {
      from.pop();
      to.pop();
    }
    const root = from.join('/');
    if (root === '' || folder === root || folder.startsWith(`${root}/`))
      return join(to.join('/'), root === '' ? folder : folder.slice(root.length + 1));
  }
  const at = dirname(model)
    .split('/')
    .findIndex((part) => /^(tests?|spec)$/.test(part));
  return dirname(model)
    .split('/')
    .slice(0, at < 0 ? undefined : at + 1)
    .join('/');
}

function isTestFolder(path: string): boolean {
  return /(^|\/)(tests?|__tests__|spec)(\/|$)/.test(dirname(path));
}

/** The name of a test without what marks it as one. */
function stem(path: string): string {
  return basename(path)
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/[._-](test|spec)$/, '');
}

/** True when a test stands beside the file, or in a test folder whose path below it is the file's. */
function mirrors(test: string, path: string): boolean {
  const folder = dirname(test)
    .split('/')
    .filter((part) => !/^(tests?|__tests__|spec|unit|src|lib)$/.test(part))
    .join('/');
  return (
    folder ===
    dirname(path)
      .split('/')
      .filter((part) => !/^(src|lib)$/.test(part))
      .join('/')
  );
}

function defaultEnding(path: string, style: TestStyle, source: ts.SourceFile): string {
  if (isTypeScript(path) || style.require || style.framework === 'jest' || style.framework === 'vitest') return '';
  return isModule(source) || path.endsWith('.mjs') ? '.js' : '';
}

function join(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}
