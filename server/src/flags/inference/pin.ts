import type { FlagRead, InferredReader } from '../flag.ts';

/** An inferred reader as an entry of `flags.reads`, for who wants it written down. Undefined for what no entry can say. */
export function pinEntry(
  reader: InferredReader,
  reads: Iterable<FlagRead>,
): Readonly<Record<string, unknown>> | undefined {
  const name = /([\w$#]+)$/.exec(reader.name)?.[1];
  if (name === undefined || reader.key < 0 || reader.name.includes('>') || name === 'default') return undefined;
  const mine = [...reads].filter(({ through }) => through?.path === reader.path && through.name === reader.name);
  const from = `./${reader.path.replace(/\.[mc]?[jt]sx?$/, '')}`;
  if (mine.some(({ result }) => result.kind === 'component'))
    return { component: name, from, ...(reader.keyField !== 'name' && { prop: reader.keyField }) };
  const result = mine.map((read) => read.result).find((one) => one.kind === 'value' || one.kind === 'details');
  return {
    call: name,
    from,
    ...(reader.key > 0 && { key: reader.key }),
    ...(reader.keyField !== undefined && { keyField: reader.keyField }),
    ...(result?.async && { async: true }),
    ...(result?.kind === 'details' && { result: result.field }),
    ...(mine.some((read) => read.inverted) && { inverted: true }),
  };
}
