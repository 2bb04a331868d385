import fs from 'node:fs';
import path from 'node:path';
import { randomFrom } from './random.ts';

/** What the generated tree holds, per file: about what two public repositories of 11,000 files hold on average. */
const linesPerFile = 70;
/** The file that the bench types in. */
export const longFile = 'src/area-0/part-0/long.ts';
const linesOfLongFile = 2000;
const flagShare = 0.04;
/** A flag that so many files read: what the removal is measured with. */
export const wideKey = 'wide-feature';
const wideReads = 50;
const testShare = 0.25;

/**
 * Writes a repository-like tree of TypeScript files: packages of folders, imports between neighbours, tests, flags read
 * through OpenFeature and a flagd file. The same `count` gives the same bytes.
 */
export function writeTree(root: string, count: number): void {
  const random = randomFrom(count);
  const keys = Array.from({ length: Math.max(20, count / 100) }, (_, i) => `feature-${i}`);
  fs.rmSync(root, { recursive: true, force: true });
  write(
    root,
    'flags.flagd.json',
    `${JSON.stringify({ flags: { ...Object.fromEntries(keys.map((key, i) => [key, flag(i)])), [wideKey]: flag(1) } }, null, 2)}\n`,
  );
  write(root, 'package.json', '{ "name": "generated", "dependencies": { "@openfeature/server-sdk": "1" } }\n');
  write(root, 'tsconfig.json', '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"] } } }\n');
  let due = 0;
  for (let i = 0; i < count; i++) {
    const test = random() < testShare;
    const text = test ? testFile(i) : sourceFile(i, keys, random() < flagShare, random);
    if (i % Math.floor(count / wideReads) === 0) due++;
    const isWide = !test && due > 0;
    if (isWide) due--;
    write(root, filePath(i, test), isWide ? withWideFlag(text, i) : text);
  }
  write(root, longFile, sourceFile(count, keys, true, random, linesOfLongFile));
}

function flag(i: number): unknown {
  const targeting = i % 3 === 0 ? {} : { targeting: { if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'on', 'off'] } };
  return { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: i % 2 ? 'on' : 'off', ...targeting };
}

function filePath(i: number, test: boolean): string {
  return `src/area-${Math.floor(i / 400)}/part-${Math.floor(i / 20) % 20}/module-${i}${test ? '.test' : ''}.ts`;
}

function sourceFile(
  i: number,
  keys: readonly string[],
  flags: boolean,
  random: () => number,
  lines = linesPerFile,
): string {
  const key = keys[Math.floor(random() * keys.length)];
  const body: string[] = [
    ...(flags ? ["import { OpenFeature } from '@openfeature/server-sdk';"] : []),
    ...(i % 20 > 0 ? [`import { step${i - 1} } from './module-${i - 1}';`] : []),
    `import type { Order } from '@app/area-0/part-0/module-0';`,
    '',
    `export interface Order${i} { readonly id: string; readonly total: number; readonly lines: readonly string[] }`,
    '',
    `/** Works through one step of an order, ${i}. */`,
    `export function step${i}(order: Order${i}, tax = ${(i % 25) / 100}): number {`,
    ...(flags
      ? [
          '  const client = OpenFeature.getClient();',
          `  if (client.getBooleanValue('${key}', false)) return order.total;`,
        ]
      : []),
    '  if (order.lines.length === 0) return 0;',
    '  return order.total * (1 + tax);',
    '}',
    '',
  ];
  for (let block = 0; body.length < lines; block++) {
    body.push(
      `export async function load${i}_${block}(ids: readonly string[]): Promise<Map<string, Order${i}>> {`,
      `  const found = new Map<string, Order${i}>();`,
      '  for (const id of ids) {',
      '    try {',
      `      const response = await fetch(\`/orders/\${id}?step=${block}\`, { signal: AbortSignal.timeout(5_000) });`,
      '      if (!response.ok) continue;',
      `      found.set(id, (await response.json()) as Order${i});`,
      '    } catch (error) {',
      `      console.error('order', id, 'could not be loaded in step ${block}', error);`,
      '    }',
      '  }',
      '  return found;',
      '}',
      '',
    );
  }
  return `${body.join('\n')}\n`;
}

/** A branch on the wide flag, with a helper on each side that nobody else uses. */
function withWideFlag(text: string, i: number): string {
  const sdk = "import { OpenFeature } from '@openfeature/server-sdk';\n";
  return `${text.includes(sdk) ? '' : sdk}${text}
export function rollOut${i}(order: Order${i}): number {
  const isWide = OpenFeature.getClient().getBooleanValue('${wideKey}', false);
  if (isWide && order.lines.length > 0) {
    const total = withDiscount${i}(order);
    return total > 0 ? total : 0;
  }
  return isWide ? 0 : withoutDiscount${i}(order);
}

function withDiscount${i}(order: Order${i}): number {
  return order.total * 0.9;
}

function withoutDiscount${i}(order: Order${i}): number {
  return order.total;
}
`;
}

function testFile(i: number): string {
  return `import { describe, expect, it } from 'vitest';
import { step${Math.max(0, i - 1)} } from './module-${Math.max(0, i - 1)}';

describe('step ${i}', () => {
${Array.from({ length: 10 }, (_, n) => `  it('adds tax of ${n} percent', () => {\n    expect(step${Math.max(0, i - 1)}({ id: '${n}', total: 100, lines: ['a'] }, 0.0${n})).toBe(10${n});\n  });\n`).join('\n')}});
`;
}

function write(root: string, file: string, text: string): void {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}
