import assert from 'node:assert/strict';
import { parsePolicy } from '../../server/src/policy/policy-file.ts';
import { inputProblems } from '../../server/src/session/input-problems.ts';
import { analyse } from './flags-program.ts';

describe('home-made shapes: entries that nothing follows', () => {
  const text = `{
  // What the code does.
  "flags": { "reads": [
    { "call": "isOn" },
    { "property": "config.featrues" },
    { "env": "FEATURE_*" },
    { "hook": "useFlags", "from": "src/hooks" }
  ] }
}`;
  const problemsIn = (code: string) => {
    const policy = parsePolicy(text).policy!;
    const { inventory } = analyse({ 'a.ts': code }, policy);
    return inputProblems([], inventory, text).map(
      ({ rule, range, message }) => `${rule} ${text.slice(range.start, range.end)}: ${message}`,
    );
  };

  it('are pointed at in the policy, each at its place', () => {
    assert.deepEqual(problemsIn(`isOn('a'); config.features.x; process.env.HOME; useFlags().x;`), [
      'policy/unused-shape { "property": "config.featrues" }: Nothing in this folder reads a flag by the property "config.featrues".',
      'policy/unused-shape { "env": "FEATURE_*" }: Nothing in this folder reads a flag by the env "FEATURE_*".',
      'policy/unused-shape { "hook": "useFlags", "from": "src/hooks" }: Nothing in this folder reads a flag by the hook "useFlags" from src/hooks.',
    ]);
  });

  it('say nothing where a read has an unknown key', () => {
    assert.ok(!problemsIn('isOn(name); config.featrues[name]; process.env.FEATURE_X;').join().includes('isOn'));
    assert.ok(!problemsIn('isOn(name); config.featrues[name]; process.env.FEATURE_X;').join().includes('featrues'));
  });
});

describe('home-made shapes: what the policy says of a wrong entry', () => {
  const said = (entry: string): string[] =>
    parsePolicy(`{ "flags": { "reads": [${entry}] } }`).problems.map(({ message }) => message);

  it('names what goes together', () => {
    assert.deepEqual(said('{ "call": "a", "hook": "b" }'), ['"flags.reads.0": name only one of "call" or "hook".']);
    assert.deepEqual(said('{ "call": "a", "prop": "name" }'), [
      '"flags.reads.0.prop": it goes with "component", not with "call".',
    ]);
    assert.deepEqual(said('{ "env": "*" }'), [
      '"flags.reads.0.env": write a name, or a part of at least three letters with * for the rest: "FEATURE_*".',
    ]);
    assert.deepEqual(said('{ "property": "config[features]" }'), [
      '"flags.reads.0.property": write the place as code does, with dots between names: "config.features", or "*.features" for any owner.',
    ]);
    assert.deepEqual(said('{ "selector": "select*", "key": 0 }'), [
      '"flags.reads.0.key": with "key" the selector is one function, without *.',
    ]);
    assert.deepEqual(said('{ "call": "isOn", "key": 1, "default": 2, "async": true, "result": "value" }'), []);
  });
});
