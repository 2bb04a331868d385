import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { registersOf } from '../routes.ts';
import { unwrap } from '../run-time.ts';
import { keysOfSdl } from '../sdl-keys.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';
import { keysOf, keysOfSchema } from './response-keys.ts';

/**
 * Objects that are sent as an answer, and schemas of them. The key is `sent`, `failed` or `failed 404` for answers of failures, `schema`, or
 * `schema Order`. `words` are their keys, dotted for those within (`data.items[].id`), with
 * `data.*` where more may stand that is not written here.
 */
export const responses: Extractor = {
  nodes: [
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.BinaryExpression,
    ts.SyntaxKind.ReturnStatement,
    ts.SyntaxKind.ArrowFunction,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.NewExpression,
    ts.SyntaxKind.TaggedTemplateExpression,
    ts.SyntaxKind.ClassDeclaration,
  ],
  mentions:
    /\bjson\b|\.send\(|\.body\b|stringify|rocedure|@(?:Get|Post|Put|Patch|Delete|Query|Mutation|ObjectType)\b|GraphQLObjectType|\bgql\b|graphql|Response|Output|\.(?:get|post|put|patch|delete|all)\(/,
  take(node, place) {
    if (ts.isCallExpression(node)) return ofCall(node, place);
    if (ts.isBinaryExpression(node)) return ofAssignment(node, place);
    if (ts.isReturnStatement(node)) return ofReturned(node.expression, node, place);
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return ofReturned(node.body, node.body, place);
    if (ts.isVariableDeclaration(node)) return ofNamedSchema(node, place);
    if (ts.isNewExpression(node)) return ofGraphQl(node, place);
    if (ts.isTaggedTemplateExpression(node)) return ofSdl(node, place);
    return ts.isClassDeclaration(node) ? ofClass(node, place) : [];
  },
};

function ofCall(call: ts.CallExpression, place: ExtractorPlace): Feature[] {
  const name = calleeName(call.expression);
  const [first, second] = call.arguments;
  if (!first) return [];
  if (name === 'output' && ts.isPropertyAccessExpression(call.expression))
    return feature('schema', keysOfSchema(first, place.file), first, place);
  if (name === 'stringify') {
    const sent = sentText(call);
    return sent ? ofObject(first, place, sent.status) : [];
  }
  const receiver = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.expression.getText(place.file)
    : undefined;
  const isSent = name === 'json' || name === 'jsonp' || (name === 'send' && isAnswer(receiver ?? ''));
  return isSent ? ofObject(first, place, statusOf(receiver ?? '', second, place.file)) : [];
}

/** `res`, `reply.code(200)`. */
function isAnswer(receiver: string): boolean {
  return /^(?:this\.)?(?:res|resp|response|reply|rep)\b/.test(receiver);
}

/** `res.status(404)`, `{ status: 404 }`, `404`. */
function statusOf(receiver: string, option: ts.Expression | undefined, file: ts.SourceFile): number | undefined {
  const said =
    /\.(?:status|code)\(\s*(\d{3})\s*\)/.exec(receiver) ??
    /(?:^|\bstatus:\s*)(\d{3})\b/.exec(option?.getText(file) ?? '');
  return said ? Number(said[1]) : undefined;
}

/** `new Response(JSON.stringify(...))`, `res.end(JSON.stringify(...))`, `{ statusCode: 200, body: JSON.stringify(...) }`. */
function sentText(call: ts.CallExpression): { status: number | undefined } | undefined {
  const { parent } = call;
  if (ts.isNewExpression(parent))
    return calleeName(parent.expression) === 'Response' ? { status: optionStatus(parent) } : undefined;
  if (ts.isCallExpression(parent)) {
    const { expression } = parent;
    const isSent = /^(?:end|send|write)$/.test(calleeName(expression)) && isAnswer(expression.getText());
    return isSent ? { status: statusOf(expression.getText(), undefined, call.getSourceFile()) } : undefined;
  }
  if (!ts.isPropertyAssignment(parent) || parent.name.getText() !== 'body') return undefined;
  const status = parent.parent.properties.find((one) => one.name?.getText() === 'statusCode');
  return status && { status: ts.isPropertyAssignment(status) ? Number(status.initializer.getText()) : undefined };
}

function optionStatus(node: ts.NewExpression): number | undefined {
  const option = node.arguments?.[1];
  return option && statusOf('', option, option.getSourceFile());
}

/** Koa's `ctx.body = { ... }`. */
function ofAssignment(node: ts.BinaryExpression, place: ExtractorPlace): Feature[] {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(node.left)) return [];
  return /^(?:ctx|context|this)\.(?:response\.)?body$/.test(node.left.getText(place.file))
    ? ofObject(node.right, place)
    : [];
}

/** What a procedure, a route's handler or a controller's method returns. */
function ofReturned(expression: ts.Expression | undefined, at: ts.Node, place: ExtractorPlace): Feature[] {
  const value = expression && unwrap(expression);
  if (!value || !ts.isObjectLiteralExpression(value)) return [];
  const owner = ts.findAncestor(at, ts.isFunctionLike);
  return owner && isHandler(owner, place) ? ofObject(value, place) : [];
}

function isHandler(owner: ts.SignatureDeclaration, { file }: ExtractorPlace): boolean {
  if (ts.isMethodDeclaration(owner))
    return (ts.getDecorators(owner) ?? []).some((one) =>
      /^@(?:Get|Post|Put|Patch|Delete|All)\(/.test(one.getText(file)),
    );
  const call = owner.parent;
  if (!ts.isCallExpression(call) || call.arguments.at(-1) !== owner || !ts.isPropertyAccessExpression(call.expression))
    return false;
  if (/^(?:query|mutation)$/.test(call.expression.name.text))
    return /rocedure\b/.test(call.expression.expression.getText(file).slice(0, 200));
  return registersOf(call)?.title !== undefined;
}

/** Names that say that a schema describes an answer. */
function ofNamedSchema(node: ts.VariableDeclaration, place: ExtractorPlace): Feature[] {
  if (!ts.isIdentifier(node.name) || !node.initializer) return [];
  if (!/(?:Response|Output)(?:Schema|Dto|Type|Model|Body)?$/.test(node.name.text)) return [];
  return feature('schema', keysOfSchema(node.initializer, place.file), node, place);
}

/** `new GraphQLObjectType({ name, fields: { ... } })`. */
function ofGraphQl(node: ts.NewExpression, place: ExtractorPlace): Feature[] {
  if (calleeName(node.expression) !== 'GraphQLObjectType') return [];
  const options = node.arguments?.[0];
  const fields =
    options && ts.isObjectLiteralExpression(options)
      ? options.properties.find((one) => one.name?.getText(place.file) === 'fields')
      : undefined;
  if (!fields || !ts.isPropertyAssignment(fields)) return [];
  const value = unwrap(fields.initializer);
  const object = ts.isArrowFunction(value) && !ts.isBlock(value.body) ? unwrap(value.body) : value;
  if (!ts.isObjectLiteralExpression(object)) return [];
  return feature(
    'schema',
    keysOf(object, place.file).filter((key) => !key.includes('.')),
    node,
    place,
  );
}

function ofSdl(node: ts.TaggedTemplateExpression, place: ExtractorPlace): Feature[] {
  if (!/^(?:gql|graphql)$/.test(calleeName(node.tag))) return [];
  return keysOfSdl(node.template.getText(place.file)).flatMap(({ type, keys }) =>
    feature(`schema ${type}`, keys, node.template, place),
  );
}

/** `@ObjectType() class Order { @Field() total }`, and `class OrderResponseDto`. */
function ofClass(node: ts.ClassDeclaration, place: ExtractorPlace): Feature[] {
  const isObject = (ts.getDecorators(node) ?? []).some((one) => /^@ObjectType\(/.test(one.getText(place.file)));
  if (!isObject && !/Response(?:Dto|DTO)?$/.test(node.name?.text ?? '')) return [];
  const keys = node.members.flatMap((one) =>
    (ts.isPropertyDeclaration(one) || ts.isMethodDeclaration(one)) &&
    ts.isIdentifier(one.name) &&
    (ts.getDecorators(one) ?? []).some((at) =>
      /^@(?:Field|ApiProperty|ApiPropertyOptional|Expose)\b/.test(at.getText(place.file)),
    )
      ? [one.name.text]
      : [],
  );
  return feature('schema', keys, node.name ?? node, place);
}

/** @param status where it is known; an answer with `error` in it is one of a failure, too */
function ofObject(expression: ts.Expression, place: ExtractorPlace, status = Number.NaN): Feature[] {
  const value = unwrap(expression);
  if (!ts.isObjectLiteralExpression(value)) return [];
  const keys = keysOf(value, place.file);
  const form = status >= 400 ? `failed ${status}` : keys.some((key) => /^errors?$/.test(key)) ? 'failed' : 'sent';
  return feature(form, keys, value, place);
}

function feature(form: string, keys: readonly string[] | undefined, at: ts.Node, { file }: ExtractorPlace): Feature[] {
  if (!keys || keys.length === 0) return [];
  const range = { start: at.getStart(file), end: at.end };
  return [{ kind: 'response', key: form, range, text: at.getText(file), words: keys }];
}
