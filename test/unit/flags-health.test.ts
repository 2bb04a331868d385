import assert from 'node:assert/strict';
import type { FlagDefinition, FlagRead } from '../../server/src/flags/flag.ts';
import { flagOf } from '../../server/src/flags/health.ts';

const range = { start: 0, end: 1 };
const definition = (path: string, state: FlagDefinition['state']): FlagDefinition => ({
  key: 'a',
  path,
  keyRange: range,
  range,
  source: 'flagd',
  type: 'boolean',
  state,
});
const on: FlagDefinition['state'] = { kind: 'constant', value: true, why: 'enabled, no targeting' };
const read: FlagRead = {
  key: 'a',
  path: 'src/a.ts',
  range,
  keyRange: range,
  reader: 'OpenFeature getBooleanValue',
  result: { kind: 'value', async: true },
  inTest: false,
};
const healthOf = (...definitions: FlagDefinition[]) => flagOf('a', definitions, [read], new Map()).health;

describe('the health of a flag', () => {
  it('is constant where the rule flags/constant says so, since a clean-up is offered by it', () => {
    assert.equal(healthOf(definition('flags.json', on)), 'constant');
  });

  it('is not constant where another definition could say otherwise', () => {
    assert.equal(healthOf(definition('flags.json', on), definition('more.json', { kind: 'unknown' })), 'unknown');
    assert.equal(healthOf(definition('flags.json', on), definition('more.json', { kind: 'varies' })), 'live');
  });

  it('is not told by definitions of tests for reads elsewhere', () => {
    assert.equal(healthOf(definition('test/flags.json', on)), 'unknown');
  });
});
