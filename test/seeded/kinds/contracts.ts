import { ts } from 'ts-morph';
import { calledName, insert, isExported, removeElement, removeLine, replace, textOf } from '../code.ts';
import { firing, type Kind, type Site, site } from '../kind.ts';
import type { Source } from '../source.ts';

const verbs = /^(?:get|post|put|patch|delete)$/;

function* routes(source: Source): Iterable<{ call: ts.CallExpression; path: ts.StringLiteral }> {
  for (const call of source.all(ts.isCallExpression)) {
    const [path] = call.arguments;
    if (!verbs.test(calledName(call)) || !path || !ts.isStringLiteral(path) || !path.text.startsWith('/')) continue;
    if (call.arguments.length > 1 && ts.isExpressionStatement(call.parent)) yield { call, path };
  }
}

/** Objects that are sent as an answer, that of a failure included. */
function* answers(source: Source): Iterable<ts.ObjectLiteralExpression> {
  for (const call of source.all(ts.isCallExpression)) {
    const [body] = call.arguments;
    if (calledName(call) !== 'json' || !body || !ts.isObjectLiteralExpression(body)) continue;
    if (/\bres\b|\bc\b|Response/.test(call.expression.getText())) yield body;
  }
}

/** What a published package offers; a private one may change what it likes. */
function isEntry({ path, beside }: Source): boolean {
  return /^(?:src|lib)\/index\.ts$/.test(path) && !/"private":\s*true/.test(beside.get('package.json')?.text ?? '');
}

/** Its declaration says that nobody should rely on it. */
function isDisowned({ beside }: Source, name: string): boolean {
  const declared = new RegExp(`(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\s*export (?:\\w+ )+${name}\\b`);
  return [...beside.values()].some(({ text }) =>
    /@(?:deprecated|internal|private)\b/.test((text.includes(name) && declared.exec(text)?.[1]) || ''),
  );
}

/** Words that outlive the program: keys of storage and caches, events, channels, cookies. */
function* wireNames(source: Source): Iterable<ts.StringLiteral> {
  for (const call of source.all(ts.isCallExpression)) {
    const [name] = call.arguments;
    const isStore = /(?:local|session)Storage\.(?:get|set|remove)Item$/.test(call.expression.getText());
    const isWire = /^(?:publish|emit|dispatchEvent|subscribe|lpush|cookie|clearCookie)$/.test(calledName(call));
    if (name && ts.isStringLiteral(name) && (isStore || isWire)) yield name;
  }
  for (const made of source.all(ts.isNewExpression)) {
    const [name] = made.arguments ?? [];
    if (/^(?:Queue|Worker|BroadcastChannel)$/.test(made.expression.getText()) && name && ts.isStringLiteral(name))
      yield name;
  }
  for (const one of source.all(ts.isVariableDeclaration)) {
    const { initializer, name } = one;
    if (!initializer || !ts.isStringLiteral(initializer) || !ts.isIdentifier(name) || !/Key$|_KEY$/.test(name.text))
      continue;
    const use = new RegExp(`(?:Storage\\.\\w+Item|redis\\.\\w+|cache\\.\\w+)\\(\\s*${name.text}\\b`);
    if (use.test(source.text)) yield initializer;
  }
}

/** A file that others of the workspace import by a name. */
function isImportedElsewhere(source: Source, name: string): boolean {
  for (const [path, other] of source.beside)
    if (path !== source.path && other.text.includes(name) && new RegExp(`import[^;]*\\b${name}\\b`).test(other.text))
      return true;
  return false;
}

export const contracts: readonly Kind[] = [
  firing(
    'drop-route',
    ['risk/route-changed'],
    function* (source) {
      for (const { call } of routes(source))
        yield site(call.getStart(), removeLine(source, call.parent as ts.Statement));
    },
    { anywhere: true },
  ),

  firing('rename-route', ['risk/route-changed'], function* (source) {
    for (const { path } of routes(source)) {
      const now = /:\w+$/.test(path.text) ? `${path.text}/details` : `${path.text}-list`;
      if (path.text.length > 1) yield site(path.getStart(), replace(source, path, `'${now}'`));
      if (path.text.length > 1) yield site(path.end, replace(source, path, `'/v2${path.text}'`));
    }
  }),

  firing('drop-response-key', ['risk/response-shape'], function* (source) {
    for (const body of answers(source))
      for (const key of body.properties)
        if (body.properties.length > 1) yield site(key.getStart(), removeElement(source, body.properties, key));
  }),

  firing('rename-response-key', ['risk/response-shape'], function* (source) {
    for (const body of answers(source))
      for (const key of body.properties) {
        if (ts.isPropertyAssignment(key))
          yield site(key.getStart(), replace(source, key.name, `${key.name.getText()}Value`));
        if (ts.isShorthandPropertyAssignment(key))
          yield site(key.getStart(), replace(source, key, `${key.name.text}Value: ${key.name.text}`));
      }
  }),

  firing(
    'drop-export',
    ['risk/export-removed'],
    function* (source) {
      if (!isEntry(source)) return;
      for (const one of source.all(ts.isExportSpecifier)) {
        if (one.parent.parent.isTypeOnly || one.isTypeOnly || one.parent.elements.length < 2) continue;
        if (isDisowned(source, (one.propertyName ?? one.name).text)) continue;
        yield site(one.getStart(), removeElement(source, one.parent.elements, one));
      }
      for (const one of [...source.all(ts.isFunctionDeclaration), ...source.all(ts.isVariableStatement)]) {
        const [keyword] = one.modifiers ?? [];
        if (one.parent === source.tree && isExported(one) && keyword)
          yield site(one.getStart(), { start: keyword.getStart(), end: keyword.end + 1, text: '' });
      }
    },
    { anywhere: true },
  ),

  firing('require-parameter', ['risk/signature-breaking'], function* (source) {
    for (const one of source.all(ts.isFunctionDeclaration)) {
      if (!isExported(one) || !one.body || !one.name || one.parent !== source.tree) continue;
      if (!isImportedElsewhere(source, one.name.text) || one.parameters.some((each) => each.name.getText() === 'this'))
        continue;
      const last = one.parameters.at(-1);
      if (last?.questionToken || last?.initializer || last?.dotDotDotToken) continue;
      const open = source.text.indexOf('(', one.name.end);
      // Type parameters stand before the parentheses of the parameters.
      if (one.typeParameters?.length) continue;
      const text = last ? ', requestId: string' : 'requestId: string';
      yield site(one.name.getStart(), insert(last ? last.end : open + 1, text));
    }
  }),

  firing('drop-enum-member', ['risk/enum-member-removed'], function* (source) {
    for (const one of source.all(ts.isEnumDeclaration))
      for (const member of one.members)
        if (
          isExported(one) &&
          one.members.length > 2 &&
          (member.initializer || one.members.every((each) => !each.initializer))
        )
          yield site(member.getStart(), removeElement(source, one.members, member));
    yield* constantMembers(source);
  }),

  firing('renumber-enum', ['risk/enum-member-removed'], function* (source) {
    for (const one of source.all(ts.isEnumDeclaration))
      for (const { initializer } of one.members)
        if (isExported(one) && initializer && ts.isStringLiteral(initializer))
          yield site(
            initializer.getStart(),
            replace(
              source,
              initializer,
              `${textOf(source, initializer).slice(0, -1)}_v2${textOf(source, initializer).at(-1)}`,
            ),
          );
  }),

  firing('rename-wire-name', ['risk/wire-name-changed'], function* (source) {
    const all = [...wireNames(source)];
    for (const name of all) {
      const same = all.filter(({ text }) => text === name.text);
      yield site(name.getStart(), ...same.map((one) => replace(source, one, `'${name.text}-v2'`)));
    }
  }),
];

/** `export const carrierCodes = { DHL: 'dhl', ... } as const`: an enum in other words. */
function* constantMembers(source: Source): Iterable<Site> {
  for (const one of source.all(ts.isVariableStatement)) {
    const value = one.declarationList.declarations[0]?.initializer;
    if (!isExported(one) || !value || !ts.isAsExpression(value) || value.type.getText() !== 'const') continue;
    const object = value.expression;
    if (!ts.isObjectLiteralExpression(object) || object.properties.length < 3) continue;
    const isPlain = (each: ts.ObjectLiteralElementLike) =>
      ts.isPropertyAssignment(each) &&
      ts.isIdentifier(each.name) &&
      ts.isStringLiteral(each.initializer) &&
      /^[\w.]+$/.test(each.initializer.text);
    if (!object.properties.every(isPlain)) continue;
    for (const member of object.properties)
      yield site(member.getStart(), removeElement(source, object.properties, member));
  }
}
