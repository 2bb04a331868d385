import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Inventory } from '../../server/src/flags/flag.ts';
import { policyJsonSchema } from '../../server/src/policy/json-schema.ts';
import { parsePolicy } from '../../server/src/policy/policy-file.ts';
import { defaultPolicy } from '../../server/src/policy/schema.ts';
import { starterPolicy } from '../../server/src/policy/starter.ts';

const ruleIds = ['flags/constant', 'risk/catch-removed'];

/** Problems as `text at their place: message`. */
function problemsOf(text: string): string[] {
  const { policy, problems } = parsePolicy(text, ruleIds);
  assert.equal(policy === undefined, problems.length > 0);
  return problems.map(({ range, message }) => `${text.slice(range.start, range.end)}: ${message}`);
}

describe('a policy file', () => {
  it('may hold comments, trailing commas, a byte order mark, or nothing', () => {
    const text = '\uFEFF// ours\n{ /* on */ "base": "origin/next", "rules": { "flags/constant": "off", }, }\n';
    assert.deepEqual(parsePolicy(text, ruleIds).policy, {
      ...defaultPolicy,
      base: 'origin/next',
      rules: { 'flags/constant': 'off' },
    });
    for (const empty of ['', '  \n', '// nothing yet', '{}', '\uFEFF'])
      assert.deepEqual(parsePolicy(empty, ruleIds), { policy: defaultPolicy, problems: [] });
  });

  it('tells every wrong setting at its place', () => {
    const text = `{
      "base": 3,
      "flgs": {},
      "maxFileSizeKb": 0,
      "exclude": ["ok", 7],
      "flags": {
        "reads": [{ "cal": "x" }, { "call": "a", "key": 1.5 }],
        "definitions": [{ "format": "flag" }],
        "lifecycle": { "k": { "expires": "2024-02-30", "ownr": "me" } },
        "wrap": []
      },
      "rules": { "risk/ctch-removed": "off", "flags/constant": "warn" }
    }`;
    assert.deepEqual(problemsOf(text), [
      '3: "base" must be a text in double quotes.',
      '"flgs": There is no setting "flgs". Did you mean "flags"?',
      '0: "maxFileSizeKb" must be at least 1.',
      '7: "exclude.1" must be a text in double quotes.',
      '{ "cal": "x" }: "flags.reads.0": name one of "call", "hook", "property", "collection", "equality", "component", "decorator", "selector", "module", "env" or "define".',
      '"cal": There is no setting "flags.reads.0.cal". Did you mean "call"?',
      '1.5: "flags.reads.1.key" must be a whole number.',
      '{ "format": "flag" }: "flags.definitions.0.file" is missing.',
      '"flag": "flags.definitions.0.format" must be one of "flagd", "openfeature-manifest", "unleash-export", "unleash-features", "launchdarkly-file", "launchdarkly-rest", "launchdarkly-dev-server", "growthbook", "configcat", "flipt", "devcycle", "azure", "firebase", "split", "gitlab", "vercel", "eslint-feature-flags", "typescript". Did you mean "flagd"?',
      '"2024-02-30": "flags.lifecycle.k.expires" must be a date that exists, as YYYY-MM-DD.',
      '"ownr": There is no setting "flags.lifecycle.k.ownr". Did you mean "owner"?',
      '[]: "flags.wrap" must be an object in {braces}.',
      '"risk/ctch-removed": There is no rule "risk/ctch-removed". Did you mean "risk/catch-removed"?',
      '"warn": "rules.flags/constant" must be one of "error", "warning", "info", "hint", "off". Did you mean "warning"?',
    ]);
  });

  it('tells what is no JSON, and nothing more until that is mended', () => {
    assert.deepEqual(problemsOf('{ "base" "x", "flgs": 1 }'), ['"x": A colon is expected here.']);
    assert.deepEqual(problemsOf('{ "base": '), [': A value is expected here.', ': A closing brace } is missing.']);
    assert.deepEqual(problemsOf("{ 'base': 1 }").length > 0, true);
  });

  it('tells a setting that is written twice, and a policy that is no object', () => {
    assert.deepEqual(problemsOf('{ "base": "a", "base": "b" }'), ['"base": "base" is set twice.']);
    assert.deepEqual(problemsOf('[]'), ['[]: The policy must be an object in {braces}.']);
  });

  it('never throws, and keeps problems inside the text', () => {
    const json = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .dictionary(fc.constantFrom('base', 'flags', 'rules', 'x'), fc.jsonValue())
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(json, (text) => {
        for (const { range } of parsePolicy(text, ruleIds).problems)
          assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
      }),
    );
  });
});

describe('the JSON schema of the policy', () => {
  const rules = [
    { id: 'risk/b', title: 'a check that is gone', why: 'It hurts.', severity: 'warning' },
    { id: 'flags/a', title: 'a dead flag', why: 'It rots.', severity: 'info' },
  ] as const;

  it('completes and explains rules, and needs nothing that has a default', () => {
    const schema = JSON.parse(JSON.stringify(policyJsonSchema(rules)));
    assert.equal(schema.required, undefined);
    assert.equal(schema.properties.flags.required, undefined);
    assert.equal(schema.properties.exclude.description.length > 0, true);
    assert.deepEqual(Object.keys(schema.properties.rules.properties), ['flags/a', 'risk/b']);
    assert.equal(schema.properties.rules.properties['flags/a'].description, 'A dead flag. It rots. Default: info.');
    assert.deepEqual(schema.properties.rules.properties['flags/a'].enum, ['error', 'warning', 'info', 'hint', 'off']);
    assert.equal(schema.properties.rules.additionalProperties, false);
    assert.deepEqual([schema.allowComments, schema.allowTrailingCommas], [true, true]);
  });

  it('lets every rule pass when none is named', () => {
    const schema = JSON.parse(JSON.stringify(policyJsonSchema()));
    assert.equal(schema.properties.rules.properties, undefined);
    assert.equal(typeof schema.properties.rules.additionalProperties, 'object');
  });
});

describe('a policy to start from', () => {
  const place = { path: 'flags.flagd.json', keyRange: { start: 0, end: 1 }, range: { start: 0, end: 1 } };
  const inventory: Inventory = {
    flags: new Map([
      [
        'a',
        {
          key: 'a',
          definitions: [{ key: 'a', ...place, source: 'flagd', type: 'boolean', state: { kind: 'varies' } }],
          reads: [
            {
              key: 'a',
              ...place,
              path: 'a.ts',
              reader: 'LaunchDarkly variation',
              result: { kind: 'binding' },
              inTest: false,
            },
          ],
          health: 'live',
          value: undefined,
          lifecycle: { from: {} },
          staleness: [],
        },
      ],
    ]),
    readers: [],
    dynamicReads: [],
    orphans: new Map(),
    problems: [],
  };

  it('says what was found and changes nothing', () => {
    const text = starterPolicy(inventory, 'merge base with origin/main (1a2b3c4)');
    assert.deepEqual(parsePolicy(text, ruleIds), { policy: defaultPolicy, problems: [] });
    assert.match(text, /Read through: LaunchDarkly variation\. /);
    assert.match(text, /Defined in: flags\.flagd\.json \(flagd\)\. /);
    assert.match(text, /Compared with: merge base with origin\/main \(1a2b3c4\)\. /);
  });

  it('is right in all that it shows as a comment', () => {
    const text = starterPolicy(
      { flags: new Map(), readers: [], dynamicReads: [], orphans: new Map(), problems: [] },
      undefined,
    );
    // Comments that hold a setting, or go on with one, become settings.
    const settings = text.replace(/^( *)\/\/ (?=["{\]])|^( *)\/\/ (?= +\{)/gm, '$1$2');
    const rules = [...ruleIds, 'tests/untested-change'];
    const { policy, problems } = parsePolicy(settings, rules);
    assert.deepEqual(problems, []);
    assert.equal(policy?.flags.reads.length, 2);
    assert.equal(policy?.flags.definitions.length, 1);
    assert.equal(policy?.base, 'origin/main');
    assert.deepEqual(policy?.rules, { 'tests/untested-change': 'off' });
  });
});
