import type { TextRange } from '../../core/text.ts';
import type { ArgFact, MemberUse, ReadSite, ValueExpr, WrapperFact } from '../../facts/file-facts.ts';
import type { ReadMatch } from '../catalogue.ts';
import type { ReadResult } from '../flag.ts';
import { membersBelow } from '../record-reads.ts';
import type { Holder, Shape, Spelling, ValueType } from '../sdks/sdk.ts';

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
}

/** The reads at a site whose key the function around it may hand on. */
export function innerReads(site: ReadSite, { shape }: ReadMatch): InnerRead[] {
  if (shape.form === 'record' || shape.form === 'property') {
    const members = shape.form === 'record' ? membersBelow(site.members, shape.record ?? '') : site.members;
    return members.flatMap((one) => ofMember(one, shape));
  }
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
  if (shape.form !== 'call' || shape.keyPrefix !== undefined) return undefined;
  const argument = site.args[shape.key];
  if (argument?.value.kind === 'parameter')
    return shape.keyField === undefined ? argument : below(argument, shape.keyField);
  if (shape.keyField === undefined || argument?.value.kind !== 'fields') return argument;
  return argument.value.fields[shape.keyField];
}

/** A parameter that is handed on whole, with the key in a field. */
function below(argument: ArgFact, field: string): ArgFact | undefined {
  const value = argument.value as Extract<ValueExpr, { kind: 'parameter' }>;
  return value.field === undefined ? { ...argument, value: { ...value, field } } : undefined;
}

const held: ReadResult = { kind: 'other', how: 'It yields something that holds the value' };

function resultOf(shape: Shape): ReadResult {
  if (shape.form === 'component') return { kind: 'component' };
  if (shape.form === 'collection') return { kind: 'value', async: false };
  if (shape.form !== 'call') return { kind: 'other', how: 'It compares the key with a value' };
  const holder: Holder | undefined = shape.holder;
  if (shape.effect !== undefined || shape.record !== undefined || isHeld(holder)) return held;
  const async = holder === 'promise';
  return shape.field === undefined ? { kind: 'value', async } : { kind: 'details', field: shape.field, async };
}

function isHeld(holder: Holder | undefined): boolean {
  return holder !== undefined && holder !== 'promise';
}
