import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import type { RemovalInput } from '../remove-flags.ts';
import type { Source } from '../source.ts';
import { isFunction } from './context.ts';
import { importedBy, type TestFlag } from './names.ts';
import type { Pin } from './pins.ts';

/**
 * Mocks that answer the same whatever they are asked for: of a function that yields one flag and nothing else, and of a reader where
 * `only` says that nobody asks it for another flag.
 */
export function mockedAnswers(
  source: Source,
  flags: readonly TestFlag[],
  only: () => boolean,
  input: RemovalInput,
): Pin[] {
  const found: Pin[] = [];
  const visit = (node: ts.Node): void => {
    const answer = ts.isCallExpression(node) ? answerOf(node) : undefined;
    const name = answer && mockedName(source, answer.mock);
    for (const flag of name ? flags : []) {
      const isOwn = isFunctionOf(flag, name!, input, source.path);
      if (!isOwn && !(flag.readers.has(name!.imported) && only())) continue;
      const removal =
        isOwn && !flag.isFolded
          ? ({ kind: 'none' } as const)
          : ({ kind: 'call', call: node as ts.CallExpression } as const);
      found.push({ flag, node, value: answer!.value, alone: true, removal });
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
  if (ts.isBlock(first.body) || first.parameters.length > 0) return undefined;
  return { mock, value: first.body };
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
  const from = importedBy(declaration);
  if (from) return from;
  const held = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return held && depth < 3 ? mockedName(source, held, depth + 1) : undefined;
}

function isFunctionOf(flag: TestFlag, { specifier, imported }: Mocked, input: RemovalInput, path: string): boolean {
  if (![...flag.functions].some((one) => one.endsWith(` ${imported}`))) return false;
  const module = input.graph?.resolve(path, specifier);
  if (module === undefined) return false;
  const exports = input.facts(module)?.exports ?? [];
  const isPassedOn = exports.some(({ exported, from }) => from && (exported === '*' || exported === imported));
  return flag.functions.has(`${module} ${imported}`) || isPassedOn;
}
