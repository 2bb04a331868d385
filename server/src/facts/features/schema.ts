import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { importedFrom } from '../imported-from.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor } from './extractor.ts';
import { nameOfProperty } from './settings.ts';

/**
 * What a field of a zod, yup or joi schema asks for: `words` are its bounds (`min`, `email`, `strict`), `protects` what lets more
 * through (`optional`, `passthrough`). The key is the field's path with its base type: a field of another type is another one.
 */
export const schema: Extractor = {
  nodes: [ts.SyntaxKind.CallExpression],
  mentions: /\b(?:z|yup|Yup|Joi|joi|zod)\s*\.|\b(?:string|number|object|array)\(\)?/,
  take(node, { file }) {
    if (!ts.isCallExpression(node) || isInner(node)) return [];
    const methods: string[] = [];
    let at: ts.Expression = node;
    while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) {
      if (ts.isCallExpression(at)) methods.unshift(calleeName(at.expression));
      else if (!ts.isCallExpression(at.parent)) methods.unshift(at.name.text);
      at = unwrap(at.expression);
    }
    if (!ts.isIdentifier(at) || !isBuilder(at.text, file)) return [];
    const [first, ...chain] = methods;
    // `z.email()` is a string that has to be one.
    const base = formats.get(first ?? '') ?? first;
    if (base !== first) chain.unshift(first!);
    const range = { start: node.getStart(file), end: node.end };
    const path = pathOf(node);
    return [
      {
        kind: 'validation',
        key: `schema ${path} ${base}`,
        range,
        text: file.text.slice(range.start, range.end),
        owner: path,
        words: chain.filter((one) => bounds.has(one)),
        protects: chain.filter((one) => loosening.has(one)),
      } satisfies Feature,
    ];
  },
};

/** By what it is imported from; names that only such builders have may also be extended here. */
function isBuilder(name: string, file: ts.SourceFile): boolean {
  const from = importedFrom(file).get(name);
  return builders.test(from ?? '') || (/^(?:[jJ]oi|[yY]up|zod)$/.test(name) && !/^node:/.test(from ?? ''));
}

/** Builders that ask for more than the base type that they are. */
const formats = new Map([
  ...'email url uuid cuid cuid2 ulid nanoid base64 guid ipv4 ipv6 cidrv4 cidrv6 httpUrl hostname iso datetime'
    .split(' ')
    .map((name) => [name, 'string'] as const),
  ['int', 'number'],
  ['int32', 'number'],
]);

const builders = /(?:^|[/-])(?:zod|yup|joi)(?:[/-]|$)/;
const bounds = new Set(
  'min max length email url uuid cuid cuid2 ulid regex nonempty strict int integer positive negative nonnegative nonpositive gt gte lt lte multipleOf finite safe refine superRefine check startsWith endsWith includes datetime ip cidr base64 nanoid ipv4 ipv6 cidrv4 cidrv6 httpUrl iso int32 required oneOf notOneOf matches pattern valid invalid test custom alphanum trim_ creditCard guid hostname ip isoDate less greater port noUnknown unique'.split(
    ' ',
  ),
);
const loosening = new Set('optional nullish partial deepPartial passthrough loose notRequired unknown'.split(' '));

/** A link of a longer chain. */
function isInner(call: ts.CallExpression): boolean {
  const { parent } = call;
  return ts.isPropertyAccessExpression(parent) && parent.expression === call && ts.isCallExpression(parent.parent);
}

/** `address.zip` for a field of a nested object. */
function pathOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at = node.parent; at && !ts.isStatement(at) && !ts.isFunctionLike(at); at = at.parent) {
    if (ts.isPropertyAssignment(at)) names.unshift(nameOfProperty(at.name));
    else if (ts.isVariableDeclaration(at)) names.unshift(at.name.getText());
    else if (ts.isCallExpression(at) && at.arguments.length > 1) names.unshift(`${calleeName(at.expression)}()`);
  }
  return names.join('.');
}
