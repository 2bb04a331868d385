import { ts } from 'ts-morph';
import { applyEdits, type SourceChange, sortEdits, type TextEdit } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';
import { takeChangeFacts } from '../facts/declarations.ts';
import { parse } from '../facts/parse.ts';
import type { World } from '../fixes/fix.ts';
import { importedFrom } from '../wrap/checks.ts';
import { planImport, type WantedImport } from '../wrap/imports.ts';
import { Scopes } from '../wrap/names.ts';
import { Unfit } from '../wrap/site.ts';
import { indentAt, lineStart, quoted, styleOf } from '../wrap/style.ts';
import { ancestor, isSource, syntaxErrorAt } from '../wrap/syntax.ts';
import { valueMaker } from './skeleton-arguments.ts';
import { casesOf, returnsValue } from './skeleton-cases.ts';
import { type Call, headerLines, inSuite, printCases } from './skeleton-print.ts';
import { dependsOn, isTypeScript, subjectSpecifier, type TestStyle, testPathFor, testStyle } from './skeleton-style.ts';
import { findTarget, type Target } from './skeleton-target.ts';

export interface CreateTestRequest {
  readonly path: string;
  /** The id of a declaration, or its name. */
  readonly declaration: string;
}

/**
 * A test for a function: one case for each branch, in the style of the nearest test, each failing until somebody edits it.
 * Creates the test file, or adds the cases to it.
 * @throws UserError where no test can call the function, with the way out
 */
export function createTest(request: CreateTestRequest, world: World): SourceChange {
  const { path } = request;
  const text = isSource(path) ? world.text(path) : undefined;
  if (text === undefined)
    throw new UserError(`${path} is no source file that can be read, so no test can be made for it.`);
  const source = parse(path, text);
  if (syntaxErrorAt(source) !== undefined)
    throw new UserError(`${path} has a syntax error. Mend it first, then create the test.`);
  const target = findTarget(source, nameStart(request, text, world));
  const near = testStyle(path, source, world);
  const { jsx } = callOf(target, source, near, world);
  const testPath = testPathFor(path, near, world, jsx);
  const before = world.text(testPath);
  const style = before === undefined ? near : testStyle(path, source, world, testPath);
  const call = callOf(target, source, style, world);
  const subject: WantedImport = {
    specifier: subjectSpecifier(testPath, path, style, source, world),
    imported: target.imported,
    local: target.local,
  };
  const cases = printCases(casesOf(target.fn, source), call, style);
  const parts: Parts = { path, target, style, subject, cases, imports: call.imports };
  const change = before === undefined ? created(testPath, parts) : added(testPath, before, parts, world);
  const [file] = change.files;
  if (syntaxErrorAt(parse(testPath, applyEdits(before ?? '', file!.edits))) !== undefined)
    throw new UserError(`No test can be written for "${target.name}" in ${testPath} that parses. Write it by hand.`);
  return change;
}

interface Parts {
  readonly path: string;
  readonly target: Target;
  readonly style: TestStyle;
  readonly subject: WantedImport;
  readonly cases: readonly string[];
  readonly imports: readonly WantedImport[];
}

function nameStart({ path, declaration }: CreateTestRequest, text: string, world: World): number {
  const { declarations } = world.changeFacts(path) ?? takeChangeFacts(path, text);
  const found =
    declarations.find((one) => one.id === declaration) ?? declarations.find((one) => one.name === declaration);
  if (found === undefined) throw new UserError(`${path} has no "${declaration}" any more.`);
  if (found.kind === 'module')
    throw new UserError(
      `The statements of ${path} run when it is imported, so no test can call them. Put them into an exported function first.`,
    );
  return found.nameRange.start;
}

function callOf(
  target: Target,
  source: ts.SourceFile,
  style: TestStyle,
  world: World,
): Call & { jsx: boolean; imports: readonly WantedImport[] } {
  const typed = isTypeScript(source.fileName);
  const values = valueMaker(world, typed);
  const requote = (text: string) => (style.code.quote === '"' ? text.replace(/'([^'"\\]*)'/g, '"$1"') : text);
  const args = values.args(target.fn.parameters, source).map(requote);
  const common = {
    name: target.name,
    before: [] as string[],
    async: target.async,
    hasResult: returnsValue(target.fn),
    jsx: false,
    imports: [],
  };
  const member = target.members
    .map((name) =>
      /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quoted(name.replace(/^['"]|['"]$/g, ''), style.code.quote)}]`,
    )
    .join('');
  if (target.kind === 'component') return component(target, args, world, source.fileName);
  if (target.kind === 'hook') {
    if (!dependsOn(source.fileName, '@testing-library/react', world))
      throw new UserError(
        `"${target.name}" is a hook and runs only inside a component. Add @testing-library/react to call it, or test a component that uses it.`,
      );
    const renderHook = { specifier: '@testing-library/react', imported: 'renderHook', local: 'renderHook' };
    return {
      ...common,
      async: false,
      hasResult: true,
      expression: `renderHook(() => ${target.local}${member}(${args.join(', ')})).result.current`,
      imports: [renderHook],
    };
  }
  if (target.kind === 'constructor')
    return { ...common, hasResult: true, async: false, expression: `new ${target.local}(${args.join(', ')})` };
  if (target.instanceOf === undefined)
    return {
      ...common,
      expression: `${target.local}${member}${target.kind === 'getter' ? '' : `(${args.join(', ')})`}`,
    };
  const making = target.instanceOf.members.find((one) => ts.isConstructorDeclaration(one));
  const made = values.args(making?.parameters ?? [], source).map(requote);
  return {
    ...common,
    before: [`const subject = new ${target.local}(${made.join(', ')})`],
    expression: `subject${member}${target.kind === 'getter' ? '' : `(${args.join(', ')})`}`,
  };
}

/** A component is rendered: by the testing library where it is there, else to a string. */
function component(
  target: Target,
  args: readonly string[],
  world: World,
  path: string,
): Call & { jsx: boolean; imports: readonly WantedImport[] } {
  const tag = `${target.local}${target.members.map((name) => `.${name}`).join('')}`;
  const element =
    args[0] === undefined || args[0] === '{}' || args[0] === 'undefined'
      ? `<${tag} />`
      : `<${tag} {...(${args[0]})} />`;
  const library = dependsOn(path, '@testing-library/react', world);
  const render = library ? 'render' : 'renderToStaticMarkup';
  const imports = [
    { specifier: library ? '@testing-library/react' : 'react-dom/server', imported: render, local: render },
  ];
  const expression = library ? `render(${element}).container.textContent` : `renderToStaticMarkup(${element})`;
  return { name: target.name, before: [], expression, async: false, hasResult: true, jsx: true, imports };
}

function created(testPath: string, parts: Parts): SourceChange {
  const { style, target } = parts;
  const { eol } = style.code;
  const lines = [
    ...headerLines(style),
    ...parts.imports.map((one) => loadLine(one, style)),
    loadLine(parts.subject, style),
    '',
    ...inSuite(target.name, parts.cases, style),
    '',
  ];
  const newText = lines.join(eol);
  const edits: TextEdit[] = [
    {
      range: { start: 0, end: 0 },
      newText,
      kind: 'test',
      reason: `A test for ${target.name}, failing until it is written`,
    },
  ];
  return {
    title: `Create test for ${target.name}`,
    files: [{ path: testPath, before: undefined, edits }],
    refused: [],
    cursor: { path: testPath, offset: firstTodo(newText) },
  };
}

/** Adds the cases to a test that exists: inside the suite of the same name, else at its end. */
function added(testPath: string, before: string, parts: Parts, world: World): SourceChange {
  const file = parse(testPath, before);
  if (syntaxErrorAt(file) !== undefined)
    throw new UserError(`${testPath} has a syntax error. Mend it first, then add the test.`);
  const code = styleOf(file);
  const site = {
    path: testPath,
    file,
    scopes: new Scopes(file),
    run: { owner: file, from: 0, to: 0 },
    key: '',
    style: code,
    world,
  };
  const imports: TextEdit[] = [];
  let { cases } = parts;
  for (const wanted of [...testWords(parts.style), ...parts.imports, parts.subject]) {
    if (wanted === parts.subject && importsThrough(file, wanted, parts.path, world)) continue;
    const planned = planImport(wanted, site);
    if (planned instanceof Unfit) throw new UserError(`The test cannot be added to ${testPath}: ${planned.why}.`);
    imports.push(...planned.edits.map((one) => ({ ...one, kind: 'test' as const })));
    if (planned.local !== wanted.local)
      cases = cases.map((line) =>
        line.replace(new RegExp(`(?<![\\w$.'"])${wanted.local}(?![\\w$])(?=[.(]| \\{)`, 'g'), planned.local),
      );
  }
  const suite = suiteOf(file, parts.target);
  const reason = `Test cases for ${parts.target.name}, failing until they are written`;
  let edit: TextEdit;
  if (suite === undefined) {
    const end = before.trimEnd().length;
    edit = {
      range: { start: end, end },
      newText: code.eol + code.eol + inSuite(parts.target.name, cases, parts.style).join(code.eol),
      kind: 'test',
      reason,
    };
  } else {
    const indent = indentAt(before, suite.getStart(file)) + code.unit;
    const last = suite.statements.at(-1);
    const start = last?.end ?? suite.getStart(file) + 1;
    const body = cases.map((line) => (line === '' ? '' : indent + line)).join(code.eol);
    const closing =
      before.slice(lineStart(before, suite.end - 1), suite.end - 1).trim() === ''
        ? ''
        : code.eol + indentAt(before, suite.getStart(file));
    edit = {
      range: { start, end: start },
      newText: (last === undefined ? code.eol : code.eol + code.eol) + body + closing,
      kind: 'test',
      reason,
    };
  }
  const edits = sortEdits([...imports, edit]);
  const shift = imports.reduce((sum, one) => sum + (one.range.start <= edit.range.start ? one.newText.length : 0), 0);
  return {
    title: `Add tests for ${parts.target.name}`,
    files: [{ path: testPath, before, edits }],
    refused: [],
    cursor: { path: testPath, offset: edit.range.start + shift + firstTodo(edit.newText) },
  };
}

/** The test functions that the cases use, where they are not global. */
function testWords(style: TestStyle): WantedImport[] {
  if (!style.imported || style.framework === 'ava') return [];
  const words = [
    ...(style.describe ? ['describe'] : []),
    style.word,
    ...(style.framework === 'vitest' || style.framework === 'jest' ? ['expect'] : []),
  ];
  return words.map((word) => ({ specifier: style.from, imported: word, local: word }));
}

/** True when the test has the function already, from a module that passes it on. */
function importsThrough(file: ts.SourceFile, wanted: WantedImport, path: string, world: World): boolean {
  const declared = new Scopes(file).declaredBy(file).get(wanted.local);
  const from = declared && importedFrom(declared.node);
  const declaration = declared && ancestor(declared.node, ts.isImportDeclaration);
  if (from?.imported !== wanted.imported || from.typeOnly || declaration === undefined) return false;
  const start = world.graph.resolve(file.fileName, (declaration.moduleSpecifier as ts.StringLiteral).text);
  const open = start === undefined ? [] : [start];
  const seen = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === path) return true;
    const passesOn = world.facts(at)?.exports.some((one) => one.from !== undefined) === true;
    for (const next of passesOn ? world.graph.importsOf(at) : [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  }
  return false;
}

/** The body of the suite that is named after the function, or after its class. */
function suiteOf(file: ts.SourceFile, target: Target): ts.Block | undefined {
  const names = [target.name, target.name.split('.').at(-1)!, target.local];
  const found = new Map<string, ts.Block>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(describe|suite|context)\b/.test(node.expression.getText(file))) {
      const [title, body] = node.arguments;
      if (
        title !== undefined &&
        ts.isStringLiteralLike(title) &&
        body !== undefined &&
        (ts.isArrowFunction(body) || ts.isFunctionExpression(body)) &&
        ts.isBlock(body.body)
      )
        if (!found.has(title.text)) found.set(title.text, body.body);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const name of names) {
    const suite = found.get(name) ?? found.get(`${name}()`);
    if (suite !== undefined) return suite;
  }
  return undefined;
}

function loadLine(wanted: WantedImport, style: TestStyle): string {
  const end = style.code.semicolons ? ';' : '';
  const from = quoted(wanted.specifier, style.code.quote);
  const named = wanted.imported !== 'default' && wanted.imported !== '*';
  if (style.require)
    return `const ${named ? `{ ${wanted.local} }` : wanted.local} = require(${from})${wanted.imported === 'default' ? '.default' : ''}${end}`;
  return `import ${named ? `{ ${wanted.local} }` : wanted.local} from ${from}${end}`;
}

/** Where the first thing to write is: the sentence that says so. */
function firstTodo(text: string): number {
  const at = text.indexOf('Not written yet');
  return Math.max(at, 0);
}
