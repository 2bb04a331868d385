import assert from 'node:assert/strict';
import type { FlagDefinition, FlagKind, Lifecycle } from '../../server/src/flags/flag.ts';
import { flagOf } from '../../server/src/flags/health.ts';
import { disagreement, kindOf, lifecycleOf, stalenessOf } from '../../server/src/flags/lifecycle.ts';
import { policySchema } from '../../server/src/policy/schema.ts';
import { healthReason } from '../../server/src/session/health.ts';

const range = { start: 0, end: 1 };
const definition = (path: string, more: Partial<FlagDefinition> = {}): FlagDefinition => ({
  key: 'new-checkout',
  path,
  keyRange: range,
  range,
  source: 'flagd',
  type: 'boolean',
  state: { kind: 'unknown' },
  ...more,
});
const policyWith = (flags: object) => policySchema.parse({ flags });
const plain = policyWith({});

describe("a flag's life", () => {
  it('merges its definitions: the earliest creation, the latest expiry, and where each comes from', () => {
    const life = lifecycleOf(
      'new-checkout',
      [
        definition('a.json', { created: '2025-03-01', expires: '2025-06-01', owner: 'a' }),
        definition('b.json', { created: '2025-02-01', expires: '2025-09-01', owner: 'b', kind: 'release' }),
        definition('test/c.json', { created: '2020-01-01', description: 'for tests' }),
      ],
      plain,
    );
    assert.deepEqual(life, {
      owner: 'a',
      created: '2025-02-01',
      expires: '2025-09-01',
      kind: 'release',
      from: { owner: 'a.json', created: 'b.json', expires: 'b.json', kind: 'b.json' },
    });
  });

  it('listens to the policy first: to the key, then to the longest glob', () => {
    const policy = policyWith({
      lifecycle: {
        '*': { owner: 'everybody', kind: 'release', description: 'some flag' },
        'new-*': { owner: 'growth', expires: '2026-01-01' },
        'new-checkout': { expires: '2027-01-01' },
      },
    });
    const life = lifecycleOf('new-checkout', [definition('a.json', { owner: 'a', expires: '2025-01-01' })], policy);
    assert.deepEqual(
      [life.owner, life.expires, life.kind, life.description, life.from.owner],
      ['growth', '2027-01-01', 'release', 'some flag', 'policy'],
    );
    assert.equal(lifecycleOf('a.b/c', [], policy).owner, 'everybody');
  });

  it('is archived or stale only where every source that could say so does', () => {
    const lifeOf = (...definitions: FlagDefinition[]) => lifecycleOf('x', definitions, plain).life;
    const archived = definition('a.json', { life: 'archived' });
    const stale = definition('b.json', { life: 'stale' });
    const list = definition('flags.ts', { registry: { name: 'F', member: 'X', range } });
    assert.equal(lifeOf(archived, list), 'archived');
    assert.equal(lifeOf(archived, stale), 'stale');
    assert.equal(lifeOf(archived, definition('c.json')), undefined);
  });

  it('ends by expiry, by its source, or by the lifetime of its kind', () => {
    const reasons = (life: Omit<Lifecycle, 'from'>, policy = plain) =>
      stalenessOf({ ...life, from: { life: 'a.json' } }, policy, '2026-01-15').map((one) => one.by);
    assert.deepEqual(reasons({ expires: '2026-01-14', life: 'archived' }), ['expiry', 'source']);
    assert.deepEqual(reasons({ expires: '2026-01-15' }), []);
    const old = (kind: FlagKind, days: string) => reasons({ kind, created: days });
    assert.deepEqual(old('release', '2025-12-05'), ['lifetime']);
    assert.deepEqual(old('release', '2025-12-06'), []);
    assert.deepEqual(old('experiment', '2025-01-01'), ['lifetime']);
    assert.deepEqual(old('operational', '2026-01-07'), ['lifetime']);
    assert.deepEqual(old('kill-switch', '2000-01-01'), []);
    assert.deepEqual(old('permission', '2000-01-01'), []);
    assert.deepEqual(reasons({ kind: 'kill-switch', life: 'stale' }), []);
    assert.deepEqual(reasons({ kind: 'kill-switch', life: 'archived' }), ['source']);
    const never = policyWith({ lifetimes: { release: 'never' } });
    assert.deepEqual(reasons({ kind: 'release', created: '2000-01-01' }, never), []);
  });

  it('shows where definitions disagree', () => {
    const on = definition('prod.json', { state: { kind: 'constant', value: true, why: 'w' } });
    const off = definition('staging.json', { state: { kind: 'constant', value: false, why: 'w' }, scope: 'staging' });
    assert.equal(disagreement([on, off]), 'true in prod.json, false in staging.json (staging)');
    assert.equal(disagreement([on, definition('flags.ts')]), undefined);
    const read = {
      key: 'new-checkout',
      path: 'a.ts',
      range,
      keyRange: range,
      reader: 'OpenFeature getBooleanValue',
      result: { kind: 'value' as const, async: false },
      inTest: false,
    };
    const flag = flagOf('new-checkout', [on, off], [read], new Map(), { policy: plain, today: '2026-01-15' });
    assert.equal(flag.health, 'live');
    assert.equal(healthReason(flag), 'Its value varies (true in prod.json, false in staging.json (staging)), 1 read.');
    const stays = flagOf('new-checkout', [{ ...on, kind: 'kill-switch' }], [read], new Map());
    assert.equal(stays.health, 'live');
    assert.equal(healthReason(stays), 'true for everybody (w); kill switches stay. 1 read.');
  });

  it('knows the words for kinds', () => {
    assert.deepEqual(['Release', 'kill_switch', 'ops', 'permanent', 'boolean', undefined].map(kindOf), [
      'release',
      'kill-switch',
      'operational',
      'permission',
      undefined,
      undefined,
    ]);
  });
});
