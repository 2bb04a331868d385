import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rules } from '../../server/src/rules/registry.generated.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

/** A function of a generated program; what a careless edit may take from it can be left out one by one. */
interface Piece {
  readonly name: string;
  readonly catches: boolean;
  readonly guarded: boolean;
  readonly timeout: number | undefined;
  readonly fallback: boolean | undefined;
}

/** What changes no behaviour. */
interface Style {
  readonly local: string;
  readonly indent: string;
  readonly quote: string;
  readonly comments: boolean;
  readonly types: boolean;
  readonly reversed: boolean;
  readonly moved: boolean;
}

const plain: Style = {
  local: 'value',
  indent: '  ',
  quote: "'",
  comments: false,
  types: false,
  reversed: false,
  moved: false,
};

function functionText(piece: Piece, style: Style): string {
  const { indent: i, quote: q, local } = style;
  const options = piece.timeout === undefined ? '' : `, { timeout: ${piece.timeout} }`;
  const call = `${i}const ${local} = await load${piece.name}(id${options});`;
  const parameters = `id${style.types ? ': string' : ''}${piece.fallback === undefined ? '' : `, strict = ${piece.fallback}`}`;
  return [
    style.comments ? `/** ${piece.name} does it. */` : '',
    `export async function run${piece.name}(${parameters})${style.types ? ': Promise<unknown>' : ''} {`,
    piece.guarded ? `${i}if (!id.isAdmin) throw new Forbidden(${q}no${q});` : '',
    piece.catches ? `${i}try {` : '',
    call,
    style.comments ? `${i}// keep it` : '',
    `${i}await keep(${style.types ? `(${local} as Thing)` : local}, ${q}${piece.name}${q});`,
    piece.catches ? `${i}} catch (error) {\n${i}${i}await report(error, id);\n${i}}` : '',
    '}',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function program(pieces: readonly Piece[], style: Style): Map<string, string> {
  const imports = ["import { keep } from './keep';", "import { report } from './report';"];
  const head = (style.reversed ? [...imports].reverse() : imports).join('\n');
  const all = pieces.map((piece) => functionText(piece, style));
  const ordered = style.reversed ? all.reverse() : all;
  const [first, ...rest] = ordered;
  const files = new Map([['src/a.ts', [head, ...(style.moved ? rest : ordered), ''].join('\n\n')]]);
  if (style.moved && first) files.set('src/moved.ts', [head, first, ''].join('\n\n'));
  return files;
}

const risks = rules.filter((rule) => rule.id.startsWith('risk/')).map((rule) => rule.id as string);

async function findings(base: Map<string, string>, now: Map<string, string>): Promise<string[]> {
  const analysis = await createSession({ host: memoryHost(now, base) }).analyse();
  assert.deepEqual(analysis.failures, []);
  return analysis.findings.filter((one) => risks.includes(one.rule)).map((one) => `${one.rule} ${one.subject}`);
}

const piece = fc.record({
  catches: fc.boolean(),
  guarded: fc.boolean(),
  timeout: fc.option(fc.constantFrom(500, 5000, 60_000), { nil: undefined }),
  fallback: fc.option(fc.boolean(), { nil: undefined }),
});
const pieces = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .map((all): Piece[] => all.map((one, i) => ({ ...one, name: ['Alpha', 'Beta', 'Gamma', 'Delta'][i]! })));
const style: fc.Arbitrary<Style> = fc.record({
  local: fc.constantFrom('value', 'result', 'x'),
  indent: fc.constantFrom('  ', '\t', '    '),
  quote: fc.constantFrom("'", '"'),
  comments: fc.boolean(),
  types: fc.boolean(),
  reversed: fc.boolean(),
  moved: fc.boolean(),
});

type Loss = 'catch' | 'guard' | 'timeout' | 'default';
const lossOf: Record<Loss, (piece: Piece) => Piece | undefined> = {
  catch: (one) => (one.catches ? { ...one, catches: false } : undefined),
  guard: (one) => (one.guarded ? { ...one, guarded: false } : undefined),
  timeout: (one) => (one.timeout ? { ...one, timeout: one.timeout * 3 } : undefined),
  default: (one) => (one.fallback === undefined ? undefined : { ...one, fallback: !one.fallback }),
};
const ruleOf: Record<Loss, string> = {
  catch: 'risk/catch-removed',
  guard: 'risk/auth-check-removed',
  timeout: 'risk/timeout-changed',
  default: 'risk/default-flipped',
};

describe('risk rules on generated programs', () => {
  it('are silent about layout, comments, types, names, order and moves', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, style, async (all, other) => {
        assert.deepEqual(await findings(program(all, plain), program(all, other)), []);
      }),
      { numRuns: 60 },
    );
  });

  it('find exactly what one function lost, in whatever style it is written now', async () => {
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(
        pieces,
        style,
        fc.constantFrom<Loss>('catch', 'guard', 'timeout', 'default'),
        fc.nat(3),
        async (all, other, loss, at) => {
          const index = at % all.length;
          const less = lossOf[loss](all[index]!);
          fc.pre(less !== undefined);
          lost++;
          const now = all.map((one, i) => (i === index ? less! : one));
          const expected = [`${ruleOf[loss]} function run${all[index]!.name}`];
          assert.deepEqual(await findings(program(all, plain), program(now, other)), expected);
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(lost >= 60);
  });
});
