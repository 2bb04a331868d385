import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Extractor } from './extractor.ts';

/** Status codes of answers, as written: `res.status(201)`, `reply.code(201)`, `@HttpCode(201)`, `c.json(order, 201)`, `{ status: 201 }`. */
export const statuses: Extractor = {
  nodes: [ts.SyntaxKind.NumericLiteral],
  mentions: /\b[1-5]\d\d\b/,
  take(node, { file }) {
    if (!ts.isNumericLiteral(node) || !/^[1-5]\d\d$/.test(node.text) || !isStatus(node)) return [];
    const whole = ts.findAncestor(node, (at) => ts.isStatement(at) || ts.isDecorator(at)) ?? node.parent;
    const [start, end] = [node.getStart(file), node.end];
    const rest = file.text.slice(whole.getStart(file), start) + file.text.slice(end, whole.end);
    return [
      {
        kind: 'status',
        // An answer that is another one altogether is no other status of the same one.
        key: rest.replace(/\s+/g, ' '),
        range: { start, end },
        text: file.text.slice(whole.getStart(file), whole.end).split('\n', 1)[0]!.slice(0, 120),
        value: node.text,
      },
    ];
  },
};

function isStatus(node: ts.NumericLiteral): boolean {
  const { parent } = node;
  // `ctx.status = 201` of Koa
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return /^(?:ctx|context|ctx\.response|res|response|reply|set)\.(?:status|statusCode)$/.test(parent.left.getText());
  if (ts.isCallExpression(parent)) return isStatusCall(parent, parent.arguments.indexOf(node));
  if (!ts.isPropertyAssignment(parent) || !/^(?:status|statusCode)$/.test(parent.name.getText())) return false;
  const call = parent.parent.parent;
  const isAnswer = (ts.isCallExpression(call) || ts.isNewExpression(call)) && call.arguments?.[1] === parent.parent;
  return isAnswer ? /^(?:json|Response|NextResponse)$/.test(calleeName(call.expression)) : ts.isReturnStatement(call);
}

function isStatusCall(call: ts.CallExpression, index: number): boolean {
  const name = calleeName(call.expression);
  if (index === 0 && name === 'HttpCode') return ts.isDecorator(call.parent);
  if (!ts.isPropertyAccessExpression(call.expression)) return false;
  const receiver = call.expression.expression.getText();
  if (index === 0)
    return (
      /^(?:status|sendStatus|code|writeHead)$/.test(name) && /^(?:res|resp|response|reply|ctx|c|h)\b/.test(receiver)
    );
  return index === 1 && /^(?:json|text|html|body)$/.test(name) && /^(?:c|ctx|context)$/.test(receiver);
}
