import type { TextRange } from '../../core/text.ts';
import type { ArgFact, MemberUse, ReadSite, WrapperFact } from '../../facts/file-facts.ts';
import type { ReadMatch } from '../catalogue.ts';
import type { ReadResult } from '../flag.ts';
import { membersBelow } from '../record-reads.ts';
import type { CallShape, Holder, Shape, Spelling, ValueType } from '../sdks/sdk.ts';

/** A read in a function, as far as the function around it matters. */
export interface InnerRead {
  readonly wrapper: WrapperFact;
  readonly key: ArgFact;
  readonly range: TextRange;
  readonly result: ReadResult;
  readonly awaited: boolean;
  readonly inverted: boolean;
  readonly type: ValueType;
  readonly default?: ArgFact;
  readonly spelling?: Spelling;
  /** Only keys that this glob covers. */
  readonly members?: string;
  /** Other places that name the key: in the list of those that are asked for. */
  readonly listed?: readonly TextRange[];
}

/** The reads at a site whose key the function around it may hand on. */
export function innerReads(site: ReadSite, { shape }: ReadMatch): InnerRead[] {
  if (shape.form === 'record' || shape.form === 'property') {
    const members = shape.form === 'record' ? membersBelow(site.members, shape.record ?? '') : site.members;
    return members.flatMap((one) => ofMember(one, shape));
  }
  if (shape.form === 'call' && shape.record !== undefined) return ofRecord(site, shape, shape.record);
  const { wrapper } = site;
  const key = wrapper && keyAt(site, shape);
  if (wrapper === undefined || key === undefined) return [];
  const type = 'type' in shape ? shape.type : 'any';
  const fallback = shape.form === 'call' && shape.default !== undefined ? site.args[shape.default] : undefined;
  return [
    {
      wrapper,
      key,
      range: site.range,
      result: resultOf(shape),
      awaited: site.awaited,
      inverted: shape.form === 'call' && shape.inverted === true,
      type: type === 'any' && fallback?.value.kind === 'boolean' ? 'boolean' : type,
      ...(fallback !== undefined && { default: fallback }),
    },
  ];
}

/** Members of the record that a call with a list of keys yields: `useFlags([key])[key]`. */
function ofRecord(site: ReadSite, { key, keyField, field }: CallShape, record: string): InnerRead[] {
  const list = keyField === undefined ? site.args[key] : below(site.args[key], keyField);
  const elements = list?.value.kind === 'fields' ? Object.values(list.value.fields) : [];
  const listed = elements.filter(({ value }) => value.kind === 'dynamic').map(({ range }) => range);
  const shape = { form: 'record', names: [], spelling: 'as-is', ...(field !== undefined && { field }) } as const;
  return membersBelow(site.members, record).flatMap((one) => ofMember(one, shape).map((read) => ({ ...read, listed })));
}

function ofMember(member: MemberUse, shape: Extract<Shape, { form: 'record' | 'property' }>): InnerRead[] {
  const { wrapper, computed } = member;
  if (wrapper === undefined || computed === undefined) return [];
  const result: ReadResult =
    shape.form === 'record' && shape.holder !== undefined
      ? held
      : shape.field === undefined
        ? { kind: 'value', async: false }
        : { kind: 'details', field: shape.field, async: false };
  const key: ArgFact = { range: member.nameRange, value: computed };
  const { spelling } = shape;
  const place = shape.form === 'property' ? shape : undefined;
  const type = place?.text === undefined ? 'any' : 'string';
  const members = place?.members === undefined ? {} : { members: place.members };
  return [{ wrapper, key, range: member.range, result, awaited: false, inverted: false, type, spelling, ...members }];
}

/** The argument or prop that is the key: one, as it is. */
function keyAt(site: ReadSite, shape: Shape): ArgFact | undefined {
  if (shape.form === 'component') return shape.keys === undefined ? site.props?.[shape.key] : undefined;
  if (shape.form === 'collection' || shape.form === 'equality') return site.args[0];
  if (shape.form !== 'symbol' && (shape.form !== 'call' || shape.keyPrefix !== undefined)) return undefined;
  const argument = site.args[shape.key];
  return shape.keyField === undefined ? argument : below(argument, shape.keyField);
}

/** A field of what is written, or of a parameter that is handed on whole. */
function below(argument: ArgFact | undefined, field: string): ArgFact | undefined {
  const value = argument?.value;
  if (value?.kind === 'fields') return value.fields[field];
  if (value?.kind !== 'parameter') return argument;
  return value.field === undefined ? { ...argument!, value: { ...value, field } } : undefined;
}

const held: ReadResult = { kind: 'other', how: 'It yields something that holds the value' };

function resultOf(shape: Shape): ReadResult {
  if (shape.form === 'component') return { kind: 'component' };
  if (shape.form === 'collection') return { kind: 'value', async: false };
  if (shape.form === 'symbol') return { kind: 'other', how: 'It makes the flag, which is read where that is called' };
  if (shape.form !== 'call') return { kind: 'other', how: 'It compares the key with a value' };
  const holder: Holder | undefined = shape.holder;
  if (shape.effect !== undefined || isHeld(holder)) return held;
  const async = holder === 'promise';
  return shape.field === undefined ? { kind: 'value', async } : { kind: 'details', field: shape.field, async };
}

function isHeld(holder: Holder | undefined): boolean {
  return holder !== undefined && holder !== 'promise';
}
