import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TextMate from 'vscode-textmate';

const require = createRequire(import.meta.url);
const textmate: typeof TextMate = require('vscode-textmate');
const oniguruma: typeof import('vscode-oniguruma') = require('vscode-oniguruma');

const injection = path.join(import.meta.dirname, '../../syntaxes/delivery-tags.json');

/** Just enough of each language for its comments to have the scopes that its real grammar gives them. */
const hosts: Readonly<Record<string, { scope: string; line: string; suffix: string }>> = {
  TypeScript: { scope: 'source.ts', line: '//', suffix: 'ts' },
  TSX: { scope: 'source.tsx', line: '//', suffix: 'tsx' },
  JavaScript: { scope: 'source.js', line: '//', suffix: 'js' },
  JSX: { scope: 'source.js.jsx', line: '//', suffix: 'js.jsx' },
  YAML: { scope: 'source.yaml', line: '#', suffix: 'yaml' },
  SQL: { scope: 'source.sql', line: '--', suffix: 'sql' },
};

function hostGrammar(scopeName: string, line: string, suffix: string): string {
  const kind = { '//': 'double-slash', '#': 'number-sign' }[line] ?? 'double-dash';
  return JSON.stringify({
    scopeName,
    patterns: [
      { begin: '/\\*', end: '\\*/', name: `comment.block.${suffix}` },
      { begin: line, end: '$', name: `comment.line.${kind}.${suffix}` },
      { begin: "'", end: "'", name: `string.quoted.single.${suffix}` },
    ],
  });
}

const registry = new textmate.Registry({
  onigLib: (async () => {
    const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
    await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer);
    return {
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    };
  })(),
  getInjections: (scope) =>
    Object.values(hosts).some((host) => host.scope === scope) ? ['switchyard.delivery-tags'] : [],
  async loadGrammar(scope) {
    if (scope === 'switchyard.delivery-tags')
      return textmate.parseRawGrammar(fs.readFileSync(injection, 'utf8'), injection);
    const host = Object.values(hosts).find((one) => one.scope === scope);
    return host ? textmate.parseRawGrammar(hostGrammar(host.scope, host.line, host.suffix), 'host.json') : null;
  },
});

/** Each piece of text that the injection gives a scope of its own, as `text: scope`. */
async function coloured(scope: string, ...lines: string[]): Promise<string[]> {
  const grammar = (await registry.loadGrammar(scope))!;
  const found: string[] = [];
  let state = textmate.INITIAL;
  for (const line of lines) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const token of tokens) {
      const last = token.scopes.at(-1)!;
      if (!last.endsWith('.delivery-tag') || last.startsWith('meta.') || last.startsWith('punctuation.')) continue;
      found.push(`${line.slice(token.startIndex, token.endIndex)}: ${last.replace('.delivery-tag', '')}`);
    }
  }
  return found;
}

const full = [
  '@risk: keyword.other',
  'auth: entity.name.tag',
  'owner: variable.parameter',
  '=: keyword.operator.assignment',
  'team-x: string.unquoted',
  'until: variable.parameter',
  '=: keyword.operator.assignment',
  '2026-12-01: constant.other.date',
  'ticket: variable.parameter',
  '=: keyword.operator.assignment',
  'OPS-1: string.unquoted',
];

describe('the grammar of delivery tags', () => {
  for (const [language, { scope, line }] of Object.entries(hosts)) {
    it(`colours a tag in comments of ${language}`, async () => {
      const tag = '@risk(auth): the gateway checks it; owner=team-x until=2026-12-01; ticket=OPS-1';
      assert.deepEqual(await coloured(scope, `  ${line} ${tag}`), full);
      assert.deepEqual(await coloured(scope, `/* ${tag} */ run()`), full);
      assert.deepEqual(await coloured(scope, '/**', ` * ${tag}`, ' * owner=somebody', ' */', 'owner=else'), full);
    });

    it(`colours a suppression in comments of ${language}`, async () => {
      assert.deepEqual(await coloured(scope, `${line} switchyard-ignore risk/timeout-changed: measured`), [
        'switchyard-ignore: keyword.other.suppression',
        'risk/timeout-changed: entity.name.tag.rule',
      ]);
    });

    it(`leaves code and strings of ${language} alone`, async () => {
      assert.deepEqual(await coloured(scope, "@risk(auth): no; x = '@risk(auth): owner=a' switchyard-ignore a/b"), []);
    });
  }

  it('ends a tag with its comment', async () => {
    assert.deepEqual(await coloured('source.ts', '/* @risk(auth): a; owner=b*/ owner=c'), [
      '@risk: keyword.other',
      'auth: entity.name.tag',
      'owner: variable.parameter',
      '=: keyword.operator.assignment',
      'b: string.unquoted',
    ]);
  });

  it('marks a date that is none', async () => {
    assert.deepEqual(
      (await coloured('source.ts', '// @risk(time): a; until=soon')).at(-1),
      'soon: invalid.illegal.date',
    );
  });

  it('does not take words of the reason for fields', async () => {
    assert.deepEqual(await coloured('source.ts', '// @risk(time): the owner said until then'), [
      '@risk: keyword.other',
      'time: entity.name.tag',
    ]);
  });

  it('tells the rules of a suppression apart', async () => {
    assert.deepEqual(
      await coloured('source.ts', '/* switchyard-ignore-file risk/timeout-changed, stale : why, so */'),
      [
        'switchyard-ignore-file: keyword.other.suppression',
        'risk/timeout-changed: entity.name.tag.rule',
        'stale: entity.name.tag.rule',
      ],
    );
  });

  it('leaves tags and suppressions in quotes alone, which are only spoken of', async () => {
    assert.deepEqual(
      await coloured(
        'source.ts',
        '// Reads `@risk(kind): reason` and "@risk(kind)", or `switchyard-ignore rule: reason`.',
      ),
      [],
    );
  });

  it('sets fields apart from the reason by semicolons, blanks, or both', async () => {
    assert.deepEqual(await coloured('source.ts', '// @risk(time): slow;owner=a ;  link="https://x.y/z;a" reviewer=b'), [
      '@risk: keyword.other',
      'time: entity.name.tag',
      'owner: variable.parameter',
      '=: keyword.operator.assignment',
      'a: string.unquoted',
      'link: variable.parameter',
      '=: keyword.operator.assignment',
      '"https://x.y/z;a": string.unquoted',
      'reviewer: variable.parameter',
      '=: keyword.operator.assignment',
      'b: string.unquoted',
    ]);
  });

  it('has scope names that themes know, and matches its own scope name', () => {
    const grammar = JSON.parse(fs.readFileSync(injection, 'utf8'));
    assert.equal(grammar.scopeName, 'switchyard.delivery-tags');
    assert.match(grammar.injectionSelector, /L:comment\.line/);
  });
});
