import picomatch from 'picomatch';
import type { FileFacts, ImportFact, TestFact } from './file-facts.ts';

const byName = /(?:^|[/.])(?:test|spec|cy|e2e|e2e-spec)\.[mc]?[jt]sx?$|[-_](?:test|spec)\.[mc]?[jt]sx?$/;
const byFolder = /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|cypress)\//;

/**
 * Whether a path is a test by convention (`a.test.ts`, `a.spec.tsx`, `a.cy.js`, below `__tests__`, `test`, `tests`, `e2e`,
 * ...) or by the policy's own globs.
 */
export function isTestPath(path: string, globs: readonly string[] = []): boolean {
  return byName.test(path) || byFolder.test(path) || (globs.length > 0 && matcherOf(globs)(path));
}

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

function matcherOf(globs: readonly string[]): (path: string) => boolean {
  let matcher = matchers.get(globs);
  if (matcher === undefined) {
    matcher = picomatch([...globs], { dot: true });
    matchers.set(globs, matcher);
  }
  return matcher;
}

/** Whether a file counts as a test: by its path, or because it imports a test framework. */
export function isTestFile(path: string, facts: FileFacts | undefined, globs: readonly string[] = []): boolean {
  return isTestPath(path, globs) || (facts?.test !== undefined && facts.test.framework !== 'unknown');
}

const frameworks: readonly (readonly [RegExp, TestFact['framework']])[] = [
  [/^vitest$/, 'vitest'],
  [/^(?:@jest\/globals|jest)$/, 'jest'],
  [/^node:test$/, 'node:test'],
  [/^ava$/, 'ava'],
  [/^@playwright\/test$/, 'playwright'],
  [/^mocha$/, 'mocha'],
];

/**
 * The framework that a file's imports name; a test file that leans on globals says it by what it calls (`jest.fn`, `vi.fn`)
 * or by chai, mocha's usual companion. Undefined for files that are no tests.
 */
export function testFactOf(path: string, imports: readonly ImportFact[], text: string): TestFact | undefined {
  const inTestFile = isTestPath(path);
  for (const fact of imports) {
    if (fact.typeOnly) continue;
    for (const [pattern, framework] of frameworks)
      if (pattern.test(fact.specifier) && (inTestFile || startsSuites(fact, text))) return { framework };
  }
  if (!inTestFile) return undefined;
  if (/\bjest\.(?:fn|mock|spyOn|useFakeTimers|requireActual)\b/.test(text)) return { framework: 'jest' };
  if (/\bvi\.(?:fn|mock|spyOn|useFakeTimers)\b/.test(text)) return { framework: 'vitest' };
  if (imports.some((fact) => fact.specifier === 'chai')) return { framework: 'mocha' };
  return { framework: 'unknown' };
}

/** A helper may import a framework's mocks without being a test: a test also opens a suite or a case. */
function startsSuites(fact: ImportFact, text: string): boolean {
  const opens = ['test', 'it', 'describe', 'suite', 'default'];
  const named = fact.bindings.filter((binding) => opens.includes(binding.imported));
  return named.some((binding) => new RegExp(`(?:^|[^\\w.$])${binding.local}(?:\\.\\w+)*\\s*\\(`).test(text));
}
