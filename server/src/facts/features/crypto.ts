import { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { evaluate } from '../constants.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor } from './extractor.ts';
import { nameOfProperty } from './settings.ts';

/**
 * Algorithms, sizes of keys, rounds and ways of comparing and drawing at random. `value` is the literal in one spelling; undefined
 * where this file does not tell it.
 */
export const crypto: Extractor = {
  nodes: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.VariableDeclaration],
  mentions:
    /crypto|bcrypt|argon2|jwt|jsonwebtoken|jose|createHash|createHmac|createCipher|createDecipher|pbkdf2|scrypt|timingSafeEqual|randomBytes|subtle|genSalt|algo|cipher|rounds|digest|iterations|key_?(?:len|size|bits)|\bHS\d\d\d\b/i,
  take(node, { bindings, file }) {
    if (ts.isCallExpression(node)) return ofCall(node, bindings, file);
    if (ts.isPropertyAssignment(node)) return ofOption(node, bindings, file);
    return ts.isVariableDeclaration(node) ? ofConstant(node, bindings, file) : [];
  },
};

/** Which arguments of a call say how strong it is, by name. */
const telling: Readonly<Record<string, readonly number[]>> = {
  createHash: [0],
  createHmac: [0],
  createCipheriv: [0],
  createDecipheriv: [0],
  createSign: [0],
  createVerify: [0],
  generateKeyPair: [0],
  generateKeyPairSync: [0],
  pbkdf2: [2, 3, 4],
  pbkdf2Sync: [2, 3, 4],
  scrypt: [2],
  scryptSync: [2],
  randomBytes: [0],
  genSalt: [0],
  genSaltSync: [0],
};

function ofCall(call: ts.CallExpression, bindings: Bindings, file: ts.SourceFile): Feature[] {
  const name = calleeName(call.expression);
  const receiver = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression.getText(file) : '';
  if (name === 'timingSafeEqual') return [safe('comparison in constant time', call, file)];
  if (isSignatureCheck(name, receiver)) return [safe('check of the signature', call, file)];
  if (/^(?:randomBytes|randomUUID|getRandomValues|randomInt)$/.test(name) && name !== 'randomBytes')
    return [safe('source of numbers that nobody can guess', call, file)];
  const places = Object.hasOwn(telling, name) ? telling[name] : undefined;
  const random = name === 'randomBytes' ? [safe('source of numbers that nobody can guess', call, file)] : [];
  if (places) return [...random, ...places.flatMap((at) => argument(call, at, name, bindings, file))];
  if (/bcrypt/i.test(receiver) && /^hash(?:Sync)?$/.test(name))
    return argument(call, 1, `bcrypt.${name}`, bindings, file);
  if (/subtle$/.test(receiver) && name === 'digest') return argument(call, 0, 'subtle.digest', bindings, file);
  return [];
}

/** `jwtVerify(token, key)` of jose, `jwt.verify(token, key)`. */
function isSignatureCheck(name: string, receiver: string): boolean {
  return (
    /^(?:jwtVerify|verifyJwt|verifyJWT)$/.test(name) ||
    (/^verify(?:Async)?$/.test(name) && /jwt|jsonwebtoken/i.test(receiver))
  );
}

function argument(
  call: ts.CallExpression,
  at: number,
  name: string,
  bindings: Bindings,
  file: ts.SourceFile,
): Feature[] {
  const value = call.arguments[at];
  if (!value || ts.isFunctionLike(value)) return [];
  return [feature(`argument ${at + 1} of ${name}`, name, value, bindings, file)];
}

function safe(name: string, call: ts.CallExpression, file: ts.SourceFile): Feature {
  const range = { start: call.getStart(file), end: call.end };
  return { kind: 'crypto', key: `safe ${name}`, range, text: file.text.slice(range.start, range.end), owner: name };
}

const optionNames =
  /^(?:alg|algorithm|algorithms|modulusLength|namedCurve|memoryCost|timeCost|saltRounds|iterations|digestAlgorithm|ignoreExpiration|hashAlgorithm)$/;

/** `{ algorithm: 'HS256' }` of whatever signs, hashes or derives. */
function ofOption(node: ts.PropertyAssignment, bindings: Bindings, file: ts.SourceFile): Feature[] {
  const name = nameOfProperty(node.name);
  if (!optionNames.test(name)) return [];
  const call = ts.findAncestor(node, (at) => ts.isCallExpression(at) || ts.isNewExpression(at) || ts.isStatement(at));
  const owner = call && ts.isCallExpression(call) ? calleeName(call.expression) : '';
  const isStrength = /alg|modulus|Curve|ignoreExp|Cost|saltRounds/i.test(name) || /derive|pbkdf|hash|key/i.test(owner);
  return isStrength
    ? [
        feature(
          `option ${name} of ${owner}`,
          owner === '' ? name : `${owner}: ${name}`,
          node.initializer,
          bindings,
          file,
        ),
      ]
    : [];
}

const strengthWords = new Set('algorithm algorithms algo cipher digest rounds iterations'.split(' '));

/** `const ALGORITHM = 'aes-256-gcm'`: told at the constant, not where it is used. */
function ofConstant(node: ts.VariableDeclaration, bindings: Bindings, file: ts.SourceFile): Feature[] {
  if (!ts.isIdentifier(node.name) || !node.initializer) return [];
  const words = wordsOf(node.name.text);
  const speaks =
    words.some((word) => strengthWords.has(word)) ||
    /key_?(?:len|length|size|bits)$|salt_?rounds/i.test(node.name.text);
  if (!speaks || literalOf(node.initializer, bindings).value === undefined) return [];
  return [feature(`constant ${node.name.text}`, node.name.text, node.initializer, bindings, file)];
}

function feature(key: string, owner: string, value: ts.Expression, bindings: Bindings, file: ts.SourceFile): Feature {
  const { value: known, via } = literalOf(value, bindings);
  const literal = value.getText(file);
  const range = { start: value.getStart(file), end: value.end };
  return { kind: 'crypto', key, range, text: `${owner}: ${literal}`, value: known, literal, owner, via };
}

/** A text (`'sha256'`, lists of texts too) or number in one spelling. */
function literalOf(value: ts.Expression, bindings: Bindings, depth = 0): { value?: string; via?: string } {
  const node = unwrap(value);
  if (depth > 4) return {};
  if (ts.isStringLiteralLike(node)) return { value: node.text.toLowerCase().replace(/^sha-/, 'sha') };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: 'true' };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: 'false' };
  if (ts.isArrayLiteralExpression(node)) {
    const all = node.elements.map((one) => literalOf(one, bindings, depth + 1).value);
    return all.includes(undefined) ? {} : { value: all.sort().join(' ') };
  }
  if (ts.isIdentifier(node)) {
    const holder = bindings.constant(node, node.text);
    if (!holder || !ts.isVariableDeclaration(holder) || !holder.initializer) return {};
    const inside = literalOf(holder.initializer, bindings, depth + 1);
    return inside.value === undefined ? {} : { ...inside, via: node.text };
  }
  const number = evaluate(node, bindings);
  return number ? { value: String(number.value) } : {};
}
