import assert from 'node:assert/strict';
import type { History } from '../../server/src/core/history.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const lines = (count: number) => Array.from({ length: count }, (_, i) => `  step${i}(order);`).join('\n');
const run = (count: number) => `export function run(order) {\n${lines(count)}\n}\n`;
const commits = (changed: number): History => ({
  commits: Array.from({ length: 60 }, () => ({
    date: '2025-12-30',
    fix: false,
    files: [{ path: 'src/other.ts', lines: changed }],
  })),
});

async function found(base: Record<string, string>, now: Record<string, string>, history: History | undefined) {
  const host = memoryHost(new Map(Object.entries(now)), new Map(Object.entries(base)));
  host.history = history;
  const { findings } = await createSession({ host }).analyse();
  return findings.filter(({ rule }) => rule === 'risk/change-too-large').map(({ path }) => path);
}

describe('risk/change-too-large', () => {
  it('tells a change far above what is usual, and above 400 lines, at its largest file', async () => {
    const base = { 'src/a.ts': run(1), 'src/b.ts': run(1) };
    assert.deepEqual(await found(base, { 'src/a.ts': run(150), 'src/b.ts': run(300) }, commits(20)), ['src/b.ts']);
    assert.deepEqual(await found(base, { 'src/a.ts': run(100), 'src/b.ts': run(290) }, commits(20)), []);
    assert.deepEqual(await found(base, { 'src/a.ts': run(150), 'src/b.ts': run(300) }, commits(300)), []);
    assert.deepEqual(await found(base, { 'src/a.ts': run(150), 'src/b.ts': run(300) }, undefined), []);
  });

  it('counts removed lines, and no moved ones', async () => {
    assert.deepEqual(await found({ 'src/a.ts': run(500) }, { 'src/a.ts': run(20) }, commits(20)), ['src/a.ts']);
    const moved = { 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': run(500) };
    assert.deepEqual(await found({ 'src/a.ts': run(500) }, moved, commits(20)), []);
  });

  it('counts no tests and nothing that was generated', async () => {
    const generated = `// @generated\n${run(500)}`;
    const base = { 'src/a.ts': run(1) };
    assert.deepEqual(await found(base, { 'src/a.ts': run(2), 'src/a.test.ts': run(500) }, commits(20)), []);
    assert.deepEqual(await found(base, { 'src/a.ts': run(2), 'src/client.ts': generated }, commits(20)), []);
  });
});
