import assert from 'node:assert/strict';
import {
  definitionSlot,
  type KeySlot,
  propertySlot,
  variationSlot,
} from '../../server/src/flags/definitions/key-slot.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

/** What would be replaced at the mark `|` of a definition file, in brackets; undefined where none may be typed. */
async function slot(path: string, marked: string, find = definitionSlot): Promise<string | undefined> {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { inventory } = await createSession({ host: memoryHost(new Map([[path, text]])) }).analyse();
  const definitions = [...inventory.flags.values()].flatMap((flag) => flag.definitions);
  assert.ok(definitions.length > 0, `${path} defines flags`);
  return shown(text, find(path, text, offset, definitions));
}

function shown(text: string, found: KeySlot | undefined): string | undefined {
  if (!found) return undefined;
  const { start, end } = found.range;
  return `${text.slice(Math.max(0, start - 2), start)}[${text.slice(start, end)}]${found.bare ? ' with quotes' : ''}`;
}

const flag = '{ "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" }';

describe('definitions: where a key may be typed', () => {
  it('is a property beside other keys of a JSON file', async () => {
    const flagd = (more: string) => `{ "flags": { "a": ${flag}, ${more} } }`;
    assert.equal(await slot('f.json', flagd('"|": {}')), ' "[]');
    assert.equal(await slot('f.json', flagd('"b-c|d": {}')), ' "[b-cd]');
    assert.equal(await slot('f.json', flagd('|')), ', [] with quotes');
    assert.equal(await slot('f.json', flagd('"b": "|"')), undefined);
    assert.equal(await slot('f.json', flagd('"b": { "|": 1 }')), undefined);
    assert.equal(await slot('f.json', `{ "flags": { "a": ${flag} }, "|": 1 }`), undefined);
  });

  it('is the field of a list where keys are fields', async () => {
    const unleash = (more: string) =>
      `{ "features": [{ "name": "a", "type": "release", "project": "p" }, ${more}], "featureStrategies": [] }`;
    assert.equal(await slot('f.json', unleash('{ "name": "b|" }')), ' "[b]');
    assert.equal(await slot('f.json', unleash('{ "type": "b|" }')), undefined);
  });

  it('is a line of YAML that begins as those of other keys', async () => {
    const flipt = (line: string) =>
      `namespace: default\nflags:\n  - key: a\n    name: A\n    type: BOOLEAN_FLAG_TYPE\n    enabled: true\n${line}\n`;
    const rest = '\n    name: B\n    type: BOOLEAN_FLAG_TYPE\n    enabled: true';
    assert.equal(await slot('features.yml', flipt(`  - key: fast-se|${rest}`)), ': [fast-se]');
    assert.equal(await slot('features.yml', flipt(`  - key: "fast|-se"${rest}`)), ' "[fast-se]');
    assert.equal(await slot('features.yml', flipt('    name: |')), undefined);
    assert.equal(await slot('features.yml', flipt('other: |')), undefined);
  });

  it('is a property of the policy', () => {
    const at = (marked: string) => {
      const text = marked.replace('|', '');
      return shown(text, propertySlot(text, marked.indexOf('|'), ['flags', 'lifecycle']));
    };
    assert.equal(at('{ "flags": { "lifecycle": { "a|": {} } } }'), ' "[a]');
    assert.equal(at('{ "flags": { "lifecycle": { | } } }'), '{ [] with quotes');
    assert.equal(at('{ "flags": { "lifecycle": { "a": { "|": 1 } } } }'), undefined);
    assert.equal(at('{ "flags": { "|": {} } }'), undefined);
  });
});

describe('definitions: where a variation may be typed', () => {
  const variation = (path: string, marked: string) => slot(path, marked, variationSlot);

  it('is the value of a field that names one', async () => {
    const flagd = (value: string) =>
      `{ "flags": { "z": ${flag}, "a": { "state": "ENABLED", "variants": { "on": true }, ${value} } } }`;
    assert.equal(await variation('f.json', flagd('"defaultVariant": "|"')), ' "[]');
    assert.equal(await variation('f.json', flagd('"defaultVariant": "o|n"')), ' "[on]');
    assert.equal(await variation('f.json', flagd('"defaultVariant": |')), ': [] with quotes');
    assert.equal(await variation('f.json', flagd('"state": "|"')), undefined);
    assert.equal(await variation('f.json', flagd('"|": "on"')), undefined);
    assert.equal(await variation('f.json', `{ "flags": { "a": ${flag} }, "defaultVariant": "|" }`), undefined);
  });

  it('is that in YAML', async () => {
    const flagd = (line: string) =>
      `flags:\n  z: ${flag}\n  a:\n    state: ENABLED\n    variants: { dark: x }\n    ${line}\n`;
    assert.equal(await variation('f.yaml', flagd('defaultVariant: |')), ': [] with quotes');
    assert.equal(await variation('f.yaml', flagd('defaultVariant: "d|"')), ' "[d]');
    assert.equal(await variation('f.yaml', flagd('state: |')), undefined);
  });
});

describe('definitions: while a flag is being typed', () => {
  it('the others of a list stay what they are', async () => {
    const keys = async (path: string, text: string) =>
      [...(await createSession({ host: memoryHost(new Map([[path, text]])) }).analyse()).inventory.flags.keys()].sort();
    const split = '- a:\n    treatment: "on"\n';
    for (const line of ['- ', '- b', '- b:']) assert.ok((await keys('f.yaml', split + line)).includes('a'), line);
    assert.deepEqual(await keys('f.yaml', `${split}- b:\n    value: 1\n`), []);
    const flipt = 'namespace: n\nflags:\n  - key: a\n    name: A\n    enabled: true\n';
    for (const line of ['  - ', '  - key:', '  - key: b', '  - key: b\n    name: B'])
      assert.ok((await keys('f.yaml', flipt + line)).includes('a'), line);
    assert.deepEqual(await keys('f.yaml', `${flipt}  - key: b\n    state: 1\n`), []);
  });
});
