import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ts } from 'ts-morph';
import { matchDeclarations } from '../../server/src/change/match.ts';
import { bindingsOf } from '../../server/src/facts/bindings.ts';
import { takeChangeFacts } from '../../server/src/facts/declarations.ts';
import { parse } from '../../server/src/facts/parse.ts';

/** Law 5 on sources that somebody wrote: those of this project. */
const root = fileURLToPath(new URL('../../server/src/', import.meta.url));
const sources = (fs.readdirSync(root, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ path: file.replaceAll(path.sep, '/'), text: fs.readFileSync(path.join(root, file), 'utf8') }));
const facts = new Map(sources.map(({ path, text }) => [path, takeChangeFacts(path, text)]));

function differences(file: string, now: string): string[] {
  return matchDeclarations([
    { path: file, basePath: file, base: facts.get(file), now: takeChangeFacts(file, now) },
  ]).map((pair) => `${file}: ${pair.base?.id} => ${pair.now?.id}`);
}

function everywhere(change: (text: string, path: string) => string): void {
  const found: string[] = [];
  let changed = 0;
  for (const { path, text } of sources) {
    const now = change(text, path);
    if (now !== text) changed++;
    found.push(...differences(path, now));
  }
  assert.ok(changed > sources.length / 2, `only ${changed} of ${sources.length} files were changed at all`);
  assert.deepEqual(found, []);
}

describe('no declaration differs', () => {
  it('after other layout, without comments', () => {
    const printer = ts.createPrinter({ removeComments: true });
    everywhere((text, path) => printer.printFile(parse(path, text)));
  });

  it('after other line ends and blanks', () => {
    everywhere((text, path) =>
      hasLongTemplate(text, path)
        ? text
        : `// first\r\n\r\n${text.replace(/\n/g, '\r\n\r\n').replace(/^( +)/gm, '$1$1')}`,
    );
  });

  it('after all locals were renamed', () => {
    everywhere((text, path) => {
      const file = parse(path, text);
      const bindings = bindingsOf(file);
      const edits: { at: number; length: number; text: string }[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
        if (ts.isIdentifier(node) && isReference(node) && bindings.local(node, node.text))
          edits.push({
            at: node.getStart(file),
            length: node.text.length,
            text: `${prefix(node)}${node.text}_renamed`,
          });
        ts.forEachChild(node, visit);
      };
      visit(file);
      return edits
        .sort((a, b) => b.at - a.at)
        .reduce((out, edit) => out.slice(0, edit.at) + edit.text + out.slice(edit.at + edit.length), text);
    });
  });

  it('after imports and declarations changed their order', () => {
    everywhere((text, path) => {
      const { statements } = parse(path, text);
      const cut = (one: ts.Statement) => text.slice(one.pos, one.end);
      const imports = statements.filter(ts.isImportDeclaration);
      const rest = statements.filter((one) => !ts.isImportDeclaration(one));
      return [...imports.reverse(), ...rest.filter(isMovable).reverse(), ...rest.filter((one) => !isMovable(one))]
        .map(cut)
        .join('\n');
    });
  });
});

describe('no declaration differs across files', () => {
  it('after each function moved to a file of its own', () => {
    for (const { path, text } of sources) {
      const file = parse(path, text);
      const moved = file.statements.filter((one) => ts.isFunctionDeclaration(one) && one.body);
      const kept = file.statements.filter((one) => !moved.includes(one));
      const imports = file.statements
        .filter(ts.isImportDeclaration)
        .map((one) => one.getText(file))
        .join('\n');
      const text0 = (all: readonly ts.Statement[]) => all.map((one) => text.slice(one.pos, one.end)).join('');
      const files = [
        { path, basePath: path, base: facts.get(path), now: takeChangeFacts(path, text0(kept)) },
        ...moved.map((one, i) => {
          const target = `moved/${i}.ts`;
          return { path: target, basePath: target, now: takeChangeFacts(target, imports + text0([one])) };
        }),
      ];
      const left = matchDeclarations(files).filter((pair) => pair.base && pair.now);
      assert.deepEqual(
        left.map((pair) => `${path}: ${pair.base?.id} => ${pair.now?.id}`),
        [],
      );
    }
  });
});

/** Blanks within a template are a part of its value. */
function hasLongTemplate(text: string, path: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    found ||= (ts.isTemplateLiteralToken(node) || ts.isStringLiteralLike(node)) && node.text.includes('\n');
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return found;
}

function isMovable(one: ts.Statement): boolean {
  return ts.isFunctionDeclaration(one) || ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one);
}

/** Not a property's name, a label, or the name of a parameter that becomes a property. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.name === node || parent.initializer === node;
  if (ts.isParameter(parent) && parent.name === node) return !ts.isParameterPropertyDeclaration(parent, parent.parent);
  if (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isGetAccessor(parent))
    return parent.name !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent) && !ts.isEnumMember(parent);
}

/** `{ a }` becomes `{ a: a_renamed }`. */
function prefix(node: ts.Identifier): string {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) return `${node.text}: `;
  const isShort = ts.isBindingElement(parent) && parent.name === node && !parent.propertyName && !parent.dotDotDotToken;
  return isShort && ts.isObjectBindingPattern(parent.parent) ? `${node.text}: ` : '';
}
