import { own } from '../core/own.ts';
import type { ArgFact, ReadSite } from '../facts/file-facts.ts';
import type { ReadResult } from './flag.ts';
import { addDynamic, addRead, keyOf, type Matched, type OpenReads, type Reading } from './open-reads.ts';
import { useOfRead } from './read-use.ts';
import { addMembers, heldBy, membersBelow } from './record-reads.ts';
import type { ResolvedKey } from './resolve.ts';
import type { CallShape } from './sdks/sdk.ts';

/** Reads of a call: one for each key that it names, and where it yields a record, those of its members. */
export function addCall(matched: Matched, shape: CallShape, found: OpenReads): void {
  const argument = fieldOf(matched.site.args[shape.key], shape.keyField);
  const places = shape.keys === undefined ? undefined : placesOf(argument, shape);
  if (places !== undefined) addSeveral(matched, shape, places, found);
  else addOne(matched, shape, argument, found);
}

function addOne(matched: Matched, shape: CallShape, argument: ArgFact | undefined, found: OpenReads): void {
  const { site } = matched;
  if (argument?.value.kind === 'either') {
    addSeveral(
      matched,
      { ...shape, effect: undefined },
      argument.value.options.map((key) => ({ key })),
      found,
    );
    return;
  }
  const key = argument === undefined ? undefined : keyOf(matched, argument.value);
  if (argument === undefined && shape.effect === 'inject') return;
  if (key === undefined || argument === undefined) addDynamic(matched, found);
  else {
    const yielded = shape.record === undefined ? yieldOf(shape, site) : { result: amongOthers };
    addRead(
      matched,
      {
        ...yielded,
        key: withoutPrefix(key, shape.keyPrefix),
        keyRange: argument.range,
        default: defaultOf(site, shape),
        use: useOfRead(site, yielded.result),
      },
      found,
    );
  }
  if (key !== undefined && shape.record !== undefined) addRecord(matched, shape, [key], found);
}

/** A key, where it stands, and its default. */
interface KeyPlace {
  readonly key: ArgFact;
  readonly name?: string;
  readonly default?: ArgFact | undefined;
}

/** The keys in an array or an object; undefined where the argument is neither. */
function placesOf(argument: ArgFact | undefined, shape: CallShape): readonly KeyPlace[] | undefined {
  if (argument?.value.kind !== 'fields') return undefined;
  const { elementField, defaultField } = shape;
  return Object.entries(argument.value.fields).flatMap(([name, entry]): KeyPlace[] => {
    if (shape.keys === 'properties') {
      const range = entry.keyRange ?? entry.range;
      const fallback = defaultField === '' ? entry : undefined;
      return [{ key: { range, value: { kind: 'string', value: name } }, default: fallback }];
    }
    if (elementField === undefined) return [{ key: entry }];
    const key = fieldOf(entry, elementField);
    return [{ key: key ?? entry, default: defaultField === undefined ? undefined : fieldOf(entry, defaultField) }];
  });
}

function addSeveral(matched: Matched, shape: CallShape, places: readonly KeyPlace[], found: OpenReads): void {
  const { site } = matched;
  const keys: ResolvedKey[] = [];
  for (const place of places) {
    const key = keyOf(matched, place.key.value);
    if (key === undefined) {
      addDynamic(matched, found, place.key.range);
      continue;
    }
    keys.push(key);
    const result = shape.effect === undefined ? amongOthers : resultOf(shape, site);
    addRead(matched, { key, keyRange: place.key.range, result, default: place.default }, found);
  }
  if (shape.record !== undefined) addRecord(matched, shape, keys, found);
}

/** Where a call that names its keys yields a record of them, its members are where the values stand. */
function addRecord(matched: Matched, shape: CallShape, keys: readonly ResolvedKey[], found: OpenReads): void {
  const members = membersBelow(matched.site.members, shape.record ?? '');
  const named = new Map(keys.map((key) => [key.value, key]));
  addMembers(matched, members, { spelling: 'as-is', field: shape.field, keys: named }, found);
}

const amongOthers: ReadResult = { kind: 'other', how: 'It names the flag among those that it asks for' };

const effects: Readonly<Record<NonNullable<CallShape['effect']>, string>> = {
  guard: 'What it stands at runs only when the flag is on',
  listen: 'It waits for changes of the flag',
  inject: 'It hands the flag on under a name of its own',
  part: 'It yields something that hangs on the flag, not its value',
};

/** What the call yields, told by the field that the code takes of it. */
function yieldOf(shape: CallShape, site: ReadSite): Pick<Reading, 'result' | 'type' | 'inverted'> {
  const taken = new Set(site.members.map((member) => member.name));
  const [field] = taken;
  const kind = taken.size === 1 && field !== undefined ? own(shape.fields, field) : undefined;
  if (field === undefined || kind === undefined)
    return { result: resultOf(shape, site), inverted: shape.inverted === true };
  const result = resultOf({ ...shape, field }, site);
  if (kind === 'off') return { result, type: 'boolean', inverted: true };
  return kind === 'any' ? { result } : { result, type: kind };
}

/** What the call yields. What no value can be put in place of is said so: see law 3 of removal. */
function resultOf({ effect, holder, field }: CallShape, site: ReadSite): ReadResult {
  if (effect !== undefined) return { kind: 'other', how: effects[effect] };
  const held = heldBy(holder);
  if (held !== undefined) return held;
  if (holder === 'maybe-promise' && !site.awaited)
    return {
      kind: 'other',
      how: 'Whether it yields the value or a promise of it depends on the version of the package',
    };
  // Clients of one package may differ too: what is awaited, or asked for `then`, is right as a promise whatever the shape says.
  const async = holder === 'promise' || site.awaited || site.members.some(({ name }) => name === 'then');
  return field === undefined ? { kind: 'value', async } : { kind: 'details', field, async };
}

function defaultOf(site: ReadSite, shape: CallShape): ArgFact | undefined {
  if (shape.default === undefined)
    return shape.defaultField ? fieldOf(site.args[shape.key], shape.defaultField) : undefined;
  return fieldOf(site.args[shape.default], shape.defaultField);
}

/** A field of an object literal; the argument itself without a field. */
function fieldOf(argument: ArgFact | undefined, field: string | undefined): ArgFact | undefined {
  if (field === undefined) return argument;
  return argument?.value.kind === 'fields' ? argument.value.fields[field] : undefined;
}

/** A key in a constant with its prefix is no member of a registry of keys. */
function withoutPrefix(key: ResolvedKey, prefix: string | undefined): ResolvedKey {
  return prefix === undefined ? key : { value: key.value.slice(prefix.length) };
}
