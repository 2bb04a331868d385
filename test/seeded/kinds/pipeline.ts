import { ts } from 'ts-morph';
import { replace } from '../code.ts';
import { type Edit, firing, type Kind, type Site, site } from '../kind.ts';
import type { Source } from '../source.ts';

/** Every place of a pattern; the edit takes the place of its first group, or of all of it. */
function* places(source: Source, pattern: RegExp, text: (match: RegExpMatchArray) => string): Iterable<Site> {
  for (const match of source.text.matchAll(new RegExp(pattern, 'dgm'))) {
    const [start, end] = match.indices![1] ?? match.indices![0]!;
    const edit: Edit = { start, end, text: text(match) };
    yield site(start, edit);
  }
}

const inData = { in: 'data', anywhere: true } as const;

export const pipeline: readonly Kind[] = [
  firing(
    'raise-major',
    ['risk/dep-major'],
    function* (source) {
      if (source.path !== 'package.json') return;
      const block = /"dependencies": \{([^}]*)\}/d.exec(source.text);
      if (!block) return;
      const [from] = block.indices![1]!;
      for (const match of block[1]!.matchAll(/"[\^~]?([1-9]\d*)\.\d+\.\d+/dg)) {
        const [start, end] = match.indices![1]!;
        yield site(from + start, { start: from + start, end: from + end, text: String(Number(match[1]) + 1) });
      }
    },
    inData,
  ),

  firing(
    'continue-on-error',
    ['risk/ci-gate-weakened'],
    function* (source) {
      if (!/workflows\//.test(source.path)) return;
      for (const match of source.text.matchAll(/^( +)- run: .*(?:test|lint|tsc|audit).*$/gm)) {
        const at = match.index + match[0].length;
        yield site(at, { start: at, end: at, text: `\n${match[1]}  continue-on-error: true` });
      }
    },
    inData,
  ),

  firing(
    'or-true',
    ['risk/ci-gate-weakened'],
    function* (source) {
      if (!/workflows\//.test(source.path)) return;
      for (const match of source.text.matchAll(/run: .*(?:test|lint|tsc|audit).*$/gm)) {
        const at = match.index + match[0].length;
        yield site(at, { start: at, end: at, text: ' || true' });
      }
    },
    inData,
  ),

  firing(
    'drop-ci-step',
    ['risk/ci-gate-weakened'],
    function* (source) {
      if (/workflows\//.test(source.path)) yield* places(source, /^ +- run: .*(?:test|lint|tsc).*\n/, () => '');
    },
    inData,
  ),

  firing(
    'lower-threshold',
    ['tests/threshold-lowered'],
    function* (source) {
      if (/vitest\.config/.test(source.path))
        yield* places(source, /(?:lines|branches|functions|statements): (\d+)/, ([, n]) => String(Number(n) - 30));
    },
    { in: 'data' },
  ),

  firing(
    'weaken-manifest',
    ['risk/manifest-safety'],
    function* (source) {
      if (!/^deploy\//.test(source.path)) return;
      yield* places(source, /replicas: (\d)/, () => '1');
      yield* places(source, /^ +(?:readiness|liveness)Probe:\n.*\n.*\n/, () => '');
      yield* places(source, /^ +limits: .*\n/, () => '');
      yield* places(source, /image: .*:([\d.]+)$/, () => 'latest');
      yield* places(source, /type: (RollingUpdate)/, () => 'Recreate');
    },
    inData,
  ),

  firing('undeclared-env', ['risk/env-var-undeclared'], function* (source) {
    for (const one of source.all(ts.isPropertyAccessExpression)) {
      if (one.expression.getText() !== 'process.env' || one.name.text === 'NODE_ENV') continue;
      if (ts.isBinaryExpression(one.parent))
        yield site(one.getStart(), replace(source, one.parent, `process.env.${one.name.text}_V2`));
    }
  }),
];
