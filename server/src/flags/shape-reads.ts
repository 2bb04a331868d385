import type { TextRange } from '../core/text.ts';
import type { ArgFact, Around, MemberUse } from '../facts/file-facts.ts';
import type { FlagRead, ReadResult } from './flag.ts';
import { addDynamic, addRead, type Matched, type OpenReads, type Reading } from './open-reads.ts';
import { covers } from './policy-reads.ts';
import type { ResolvedKey } from './resolve.ts';
import type {
  CollectionShape,
  DefineShape,
  EqualityShape,
  ModuleShape,
  PropertyShape,
  SelectorShape,
  Shape,
} from './sdks/sdk.ts';

type PlaceShape = PropertyShape | CollectionShape | EqualityShape | DefineShape | ModuleShape | SelectorShape;

/** Reads of shapes that are no calls with a key: members of places, lists of keys, comparisons, names, functions. */
export function addShape(matched: Matched, shape: PlaceShape, found: OpenReads): void {
  if (shape.form === 'property') addProperty(matched, shape, found);
  else if (shape.form === 'collection') addCollection(matched, found);
  else if (shape.form === 'equality') addEquality(matched, found);
  else if (shape.form === 'define') addDefine(matched, found);
  else if (shape.form === 'module')
    addFunction(matched, shape.name ?? matched.site.name, shape.holder === 'promise', found);
  else addSelector(matched, shape, found);
}

export function isPlaceShape(shape: Shape): shape is PlaceShape {
  return ['property', 'collection', 'equality', 'define', 'module', 'selector'].includes(shape.form);
}

/** Members that every object and list has. */
const builtIn = new Set('hasOwnProperty toString valueOf constructor length size prototype'.split(' '));

function addProperty(matched: Matched, shape: PropertyShape, found: OpenReads): void {
  const { site } = matched;
  for (const member of site.members) {
    if (member.set || builtIn.has(member.name) || isTold(found, member.nameRange)) continue;
    const keys = keysOf(member, matched);
    // Of all that is read from an environment, only what is named so may be a flag.
    if (keys.length === 0 && (shape.members === undefined || member.computed?.kind !== 'dynamic'))
      addDynamic(matched, found, member.range);
    const packed =
      shape.text === undefined
        ? (saidReading(member.around, matched) ?? memberReading(member, shape))
        : textReading(member, shape.text.parsers, matched);
    if (packed === undefined) continue;
    const result: ReadResult = keys.length > 1 ? oneOfSeveral : packed.result;
    for (const { key, range } of keys)
      if (shape.members === undefined || covers(shape.members, key.value))
        addRead(matched, { ...packed, result, key, keyRange: range, spelling: shape.spelling }, found);
  }
  if (site.escapes && shape.members === undefined) addDynamic(matched, found);
}

const oneOfSeveral: ReadResult = { kind: 'other', how: 'Which of several flags it reads is known only at run time' };

/** The keys that a member may be, each where it stands; none where one of them is not known. */
function keysOf(member: MemberUse, { path, resolver }: Matched): { key: ResolvedKey; range: TextRange }[] {
  const { computed, nameRange } = member;
  if (computed === undefined) return [{ key: { value: member.name }, range: nameRange }];
  const options = computed.kind === 'either' ? computed.options : [{ value: computed, range: nameRange }];
  const keys = options.flatMap(({ value: option, range }) => {
    const key = resolver.key(path, option);
    return key === undefined ? [] : [{ key, range }];
  });
  return keys.length === options.length ? keys : [];
}

/** Another entry of the policy has told it. */
function isTold({ reads, spelledReads }: OpenReads, { start, end }: TextRange): boolean {
  const isThere = ({ keyRange }: FlagRead): boolean => start <= keyRange.start && keyRange.end <= end;
  return reads.some(isThere) || spelledReads.some(({ read }) => isThere(read));
}

type Packed = Omit<Reading, 'key' | 'keyRange'>;

/** The value of a member; undefined where it is a method that is called, no flag. */
function memberReading(member: MemberUse, { field }: PropertyShape): Packed | undefined {
  const { around, range, use } = member;
  const common = { range, use, default: member.default };
  if (around?.kind === 'called') {
    if (field !== '()' || around.args.length > 0) return undefined;
    return { range: around.range, result: { kind: 'value', async: false }, use: around.use };
  }
  if (around?.kind === 'argument' && around.name === 'in')
    return { ...common, result: { kind: 'other', how: 'It asks whether the flag is there at all' } };
  if (member.form === 'binding')
    return { ...common, result: { kind: 'binding', ...(field === undefined ? {} : { field }) } };
  return { ...common, result: field === undefined ? value : { kind: 'details', field, async: false } };
}

const value: ReadResult = { kind: 'value', async: false };

/** Texts of a variable that say that something is on. */
const onWords = /^(?:true|1|on|yes|enabled?|y|t)$/i;
const offWords = /^(?:false|0|off|no|disabled?|n|f|)$/i;

/**
 * A variable of the environment is a text: what it is compared with or parsed by says how it stands for on and off. As a bare text
 * it can be kept at a text only.
 */
function textReading(member: MemberUse, parsers: readonly string[], matched: Matched): Packed | undefined {
  const { around } = member;
  const text: Packed = {
    range: member.range,
    result: member.form === 'binding' ? { kind: 'binding' } : value,
    type: 'string',
    default: member.default,
    use: member.use,
  };
  if (around === undefined) return text;
  if (around.kind === 'condition') return { range: member.range, result: value, use: member.use };
  if (around.kind === 'called') return undefined;
  if (around.kind === 'argument' && around.index === 0 && parsers.some((name) => isCalledSo(around.name, name)))
    return {
      range: around.range,
      result: { kind: 'value', async: around.awaited },
      default: around.args[1],
      use: around.use,
    };
  return saidReading(around, matched) ?? text;
}

/** A comparison with a text that says on or off: it is the value then, also where the member is no text of the environment. */
function saidReading(around: Around | undefined, { path, resolver }: Matched): Packed | undefined {
  if (around?.kind !== 'compared') return undefined;
  const word = resolver.key(path, around.with.value)?.value;
  if (word === undefined) return undefined;
  const common: Packed = { range: around.range, result: value, type: 'boolean', default: around.default };
  if (onWords.test(word)) return { ...common, inverted: around.negated };
  if (!offWords.test(word)) return undefined;
  const how = 'It asks whether a text says that the flag is off, which a text that is not set does not say';
  return { ...common, result: { kind: 'other', how } };
}

function isCalledSo(written: string, name: string): boolean {
  return written === name || written.endsWith(`.${name}`);
}

/** Ways to ask a list for a key. */
const asks = new Set(['includes', 'has', 'contains', 'some']);
const indexes = new Set(['indexOf', 'findIndex', 'lastIndexOf', 'search']);

function addCollection(matched: Matched, found: OpenReads): void {
  for (const member of matched.site.members) {
    const { around } = member;
    if (around?.kind !== 'called') continue;
    const packed = asks.has(member.name)
      ? { range: around.range, result: value, use: around.use }
      : indexes.has(member.name)
        ? positionOf(around)
        : member.name === 'find'
          ? { range: around.range, result: around.then?.kind === 'condition' ? value : entryOfList }
          : undefined;
    if (packed !== undefined) addAsked(matched, around, packed, found);
  }
  if (matched.site.escapes) addDynamic(matched, found);
}

const entryOfList: ReadResult = { kind: 'other', how: 'It yields the entry of the list that stands for the flag' };

/** `indexOf('x') !== -1`, `>= 0`, `> -1` ask whether it is there; `=== -1` and `< 0` whether it is not. */
function positionOf({ range, then }: Extract<Around, { kind: 'called' }>): Packed {
  const number = then && 'with' in then && then.with.value.kind === 'number' ? then.with.value.value : undefined;
  if (then?.kind === 'compared' && number === -1) return { range: then.range, result: value, inverted: !then.negated };
  if (then?.kind === 'ordered') {
    const said = `${then.operator} ${number}`;
    if (said === '> -1' || said === '>= 0') return { range: then.range, result: value };
    if (said === '< 0' || said === '<= -1') return { range: then.range, result: value, inverted: true };
  }
  return { range, result: { kind: 'other', how: 'It yields where in the list the flag stands' } };
}

function addAsked(
  matched: Matched,
  { args, range }: Extract<Around, { kind: 'called' }>,
  packed: Packed,
  found: OpenReads,
): void {
  addKey(matched, args[0], { ...packed, type: 'boolean' }, found, range);
}

/** A read of the key that an argument says: of each, where it may say several. */
function addKey(
  matched: Matched,
  argument: ArgFact | undefined,
  packed: Packed,
  found: OpenReads,
  range: TextRange,
): void {
  if (argument?.value.kind === 'either') {
    for (const option of argument.value.options)
      addKey(matched, option, { ...packed, result: oneOfSeveral }, found, range);
    return;
  }
  const key = argument && matched.resolver.key(matched.path, argument.value);
  if (key === undefined || argument === undefined) addDynamic(matched, found, range);
  else addRead(matched, { ...packed, key, keyRange: argument.range }, found);
}

function addEquality(matched: Matched, found: OpenReads): void {
  const { site } = matched;
  const [other] = site.args;
  if (other === undefined) return;
  if (site.listed === 'list') {
    const how = 'The flag is one of a list that is asked for';
    const entries = other.value.kind === 'fields' ? Object.values(other.value.fields) : [other];
    for (const entry of entries) addKey(matched, entry, { result: { kind: 'other', how } }, found, entry.range);
  } else if (site.listed === 'case') {
    const how = 'The flag is a case of a switch';
    addKey(matched, other, { result: { kind: 'other', how } }, found, site.range);
  } else if (isKeyLike(other))
    addKey(
      matched,
      other,
      { result: value, type: 'boolean', inverted: site.negated === true, use: site.use },
      found,
      site.range,
    );
}

/** A comparison with a number, `true` or `null` asks for no key. */
function isKeyLike({ value: other }: ArgFact): boolean {
  return other.kind !== 'boolean' && other.kind !== 'number' && other.kind !== 'fields';
}

function addDefine(matched: Matched, found: OpenReads): void {
  const { site } = matched;
  const how = 'It asks whether the build puts the flag in at all';
  addRead(
    matched,
    {
      key: { value: site.name },
      keyRange: site.nameRange,
      result: site.receiver === 'typeof' ? { kind: 'other', how } : value,
      use: site.use,
    },
    found,
  );
}

/** Calls that hand a function the state of a store, and yield what it yields. */
const selecting = /(?:^|\.)(?:use\w*Selector|use\w*Store|select(?:Signal)?|selectSnapshot)$/;

/** A function that is the flag: called, handed to what calls it with a state, or passed on. */
function addFunction(matched: Matched, name: string, async: boolean, found: OpenReads): void {
  const { site } = matched;
  const { around } = site;
  const common = { key: { value: name }, keyRange: site.nameRange };
  if (site.form === 'call') addRead(matched, { ...common, result: { kind: 'value', async }, use: site.use }, found);
  else if (around?.kind === 'argument' && around.index === 0 && selecting.test(around.name))
    addRead(matched, { ...common, range: around.range, result: selected(around.name) }, found);
  else
    addRead(
      matched,
      { ...common, result: { kind: 'other', how: 'The function that tells the flag is passed on' } },
      found,
    );
}

/** NgRx and the like select an observable. */
function selected(by: string): ReadResult {
  return /(?:^|\.)select$/.test(by)
    ? { kind: 'other', how: 'What it selects is known only where somebody takes it' }
    : value;
}

function addSelector(matched: Matched, { key }: SelectorShape, found: OpenReads): void {
  const { site } = matched;
  if (key === undefined) {
    addFunction(matched, site.name, false, found);
    return;
  }
  const { around } = site;
  const packed: Packed =
    around?.kind === 'called'
      ? { range: around.range, result: value }
      : around?.kind === 'argument' && around.index === 0 && selecting.test(around.name)
        ? { range: around.range, result: selected(around.name) }
        : { result: { kind: 'other', how: 'The selector of the flag is passed on' } };
  addKey(matched, site.args[key], packed, found, site.range);
}
