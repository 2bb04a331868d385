import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { literalOf } from '../literal.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor } from './extractor.ts';

/**
 * Literals that may be the fallback of a flag's read: arguments beside a key, fields of an options object, attributes of a
 * component. Whether a call reads a flag is not known here: the rule keeps those that the inventory calls a default.
 */
export const flagDefaultExtractor: Extractor = {
  nodes: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.JsxAttributes],
  mentions: /,\s*(?:true|false|!\d|['"`\d-])|default|fallback/i,
  take(node, { file }) {
    if (ts.isCallExpression(node)) {
      const args = node.arguments.map(unwrap);
      const name = calleeName(node.expression);
      return args.flatMap((one, index) => {
        if (ts.isObjectLiteralExpression(one)) return fields(one, name);
        const beside = args.find((at, other) => other !== index && naming(at) !== undefined);
        return beside ? feature(`${name} ${naming(beside)}`, one, node) : [];
      });
    }
    if (ts.isJsxAttributes(node)) return attributes(node);
    return [];

    function fields(object: ts.ObjectLiteralExpression, name: string): Feature[] {
      const properties = object.properties.filter(ts.isPropertyAssignment);
      return properties.flatMap((one) => {
        const beside = properties.find((at) => at !== one && naming(unwrap(at.initializer)) !== undefined);
        const key = `${name} ${one.name.getText(file)} ${beside ? naming(unwrap(beside.initializer)) : ''}`;
        return feature(key, one.initializer, one);
      });
    }
    function attributes(list: ts.JsxAttributes): Feature[] {
      const named = list.properties.filter(ts.isJsxAttribute);
      const contentOf = ({ initializer }: ts.JsxAttribute) =>
        initializer && ts.isJsxExpression(initializer) ? initializer.expression : (initializer as ts.Expression);
      return named.flatMap((one) => {
        const value = contentOf(one);
        const beside = named.find((at) => at !== one && contentOf(at) && naming(unwrap(contentOf(at)!)) !== undefined);
        if (!value || !beside) return [];
        return feature(`<${one.name.getText(file)} ${naming(unwrap(contentOf(beside)!))}`, value, one);
      });
    }
    function feature(key: string, value: ts.Expression, at: ts.Node): Feature[] {
      const literal = literalOf(value);
      if (literal === undefined) return [];
      const range = { start: value.getStart(file), end: value.end };
      const text = at.getText(file);
      return [{ kind: 'flag-default', key, range, text, value: literal, literal: unwrap(value).getText(file) }];
    }
  },
};

/** How a flag may be named: by a text, or by a constant (`Flags.checkout`). */
function naming(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return JSON.stringify(node.text);
  const isName = ts.isPropertyAccessExpression(node) || (ts.isIdentifier(node) && /^[A-Z]/.test(node.text));
  return isName ? node.getText() : undefined;
}
