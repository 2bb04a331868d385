import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import type { RemovalInput } from '../remove-flags.ts';
import type { Source } from '../source.ts';
import { answerFor } from './asked.ts';
import { isFunction } from './context.ts';
import { importedBy, type Naming, type TestFlag } from './names.ts';
import type { Pin } from './pins.ts';

/** A mock that answers the same whatever it is asked for. */
export interface Answer extends Pin {
  /** It is about this flag: the function yields no other one, or nobody asks it for another one here. */
  readonly isSure: boolean;
}

/** Whether the file asks for no other flag than this one. */
export type IsOnly = (flag: TestFlag) => boolean;

/** Mocks that answer the same whatever they are asked for, of what the flags are read by. */
export function mockedAnswers(
  source: Source,
  flags: readonly TestFlag[],
  naming: Naming,
  isOnly: IsOnly,
  reachesOthers: () => boolean,
  input: RemovalInput,
): Answer[] {
  const found: Answer[] = [];
  const visit = (node: ts.Node): void => {
    const answer = ts.isCallExpression(node) ? answerOf(node) : undefined;
    const name = answer && mockedName(source, answer.mock);
    for (const flag of name ? flags : []) {
      const isOwn = isFunctionOf(flag, name!, input, source.path);
      if (!isOwn && !flag.readers.has(name!.imported)) continue;
      const isFree = isOwn ? flag.isFolded : !reachesOthers();
      const removal = isFree
        ? ({ kind: 'call', call: node as ts.CallExpression } as const)
        : ({ kind: 'none' } as const);
      const isSure = isOwn || isOnly(flag);
      const { value } = answer!;
      const said = isFunction(value) ? answerFor(source, value, flag.key, naming) : value;
      if (said !== undefined) found.push({ flag, node, value: said, alone: true, removal, isSure });
    }
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return found;
}

/** `mock.mockReturnValue(true)`, `mock.mockImplementation(() => true)`, `stub.returns(true)` */
function answerOf(call: ts.CallExpression): { mock: ts.Expression; value: ts.Expression } | undefined {
  const [first, ...more] = call.arguments;
  if (!ts.isPropertyAccessExpression(call.expression) || !first || more.length > 0) return undefined;
  const { name, expression: mock } = call.expression;
  if (/^(?:mock(?:Return|Resolved)Value(?:Once)?|returns|resolves)$/.test(name.text)) return { mock, value: first };
  if (!/^(?:mockImplementation(?:Once)?|callsFake)$/.test(name.text) || !isFunction(first)) return undefined;
  return { mock, value: first.parameters.length === 0 && !ts.isBlock(first.body) ? first.body : first };
}

interface Mocked {
  readonly specifier: string;
  readonly imported: string;
}

/** What is mocked: `useFlag`, `vi.mocked(useFlag)`, `(useFlag as jest.Mock)`, or a constant that holds one of these. */
function mockedName(source: Source, node: ts.Expression, depth = 0): Mocked | undefined {
  const plain = unwrap(node);
  if (ts.isCallExpression(plain)) {
    const isMocked = ts.isPropertyAccessExpression(plain.expression) && plain.expression.name.text === 'mocked';
    return isMocked && plain.arguments[0] ? mockedName(source, plain.arguments[0], depth) : undefined;
  }
  if (ts.isPropertyAccessExpression(plain)) {
    const holder = mockedName(source, plain.expression, depth);
    return holder && { specifier: holder.specifier, imported: plain.name.text };
  }
  if (!ts.isIdentifier(plain)) return undefined;
  const [declaration] = source.symbolOf(plain)?.declarations ?? [];
  if (!declaration) return undefined;
  const from = importedBy(declaration) ?? requiredBy(declaration);
  if (from) return from;
  const held = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return held && depth < 3 ? mockedName(source, held, depth + 1) : undefined;
}

/** `const { useFlag } = jest.requireMock('./use-flag')` */
function requiredBy(declaration: ts.Node): Mocked | undefined {
  if (!ts.isBindingElement(declaration) || !ts.isVariableDeclaration(declaration.parent.parent)) return undefined;
  const call = declaration.parent.parent.initializer;
  if (
    !call ||
    !ts.isCallExpression(call) ||
    !/^(?:(?:jest|vi)\.)?(?:require|import)\w*$/.test(call.expression.getText())
  )
    return undefined;
  const [first] = call.arguments;
  const imported = (declaration.propertyName ?? declaration.name).getText();
  return first && ts.isStringLiteralLike(first) ? { specifier: first.text, imported } : undefined;
}

function isFunctionOf(flag: TestFlag, { specifier, imported }: Mocked, input: RemovalInput, path: string): boolean {
  if (![...flag.functions].some((one) => one.endsWith(` ${imported}`))) return false;
  const module = input.graph?.resolve(path, specifier);
  if (module === undefined) return false;
  const exports = input.facts(module)?.exports ?? [];
  const isPassedOn = exports.some(({ exported, from }) => from && (exported === '*' || exported === imported));
  return flag.functions.has(`${module} ${imported}`) || isPassedOn;
}
