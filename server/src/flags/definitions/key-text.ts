import { UserError } from '../../core/user-error.ts';
import type { Notation } from './data-tree.ts';

/**
 * A key as it is written in a file: in the quotes of its neighbour or predecessor, or plain where that is plain and the key can be.
 * @param sample the first character of what stood there before
 * @throws UserError for a key that the notation cannot hold
 */
export function writtenKey(key: string, sample: string, notation: Notation | 'typescript'): string {
  if (notation === 'split') {
    if (key === '' || /\s|^#/.test(key))
      throw new UserError(`'${key}' cannot stand in a .split file: use a key without white space.`);
    return key;
  }
  const isLine = !/[\n\r\t\\]/.test(key);
  if (notation === 'json' || sample === '"') return JSON.stringify(key);
  if (notation === 'typescript') {
    if (sample === "'" || sample === '`') {
      const escaped = JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll(sample, `\\${sample}`);
      return sample + (sample === '`' ? escaped.replaceAll('${', '\\${') : escaped) + sample;
    }
    return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)
      ? key
      : `'${JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  }
  if (sample === "'" && isLine) return `'${key.replaceAll("'", "''")}'`;
  const isPlain = /^[\p{L}_][\p{L}\p{N}_./-]*$/u.test(key) && !reserved.test(key);
  return isPlain ? key : JSON.stringify(key);
}

/** Words that some parser of YAML takes for something else than text. */
const reserved = /^(y|n|yes|no|on|off|true|false|null)$/i;
