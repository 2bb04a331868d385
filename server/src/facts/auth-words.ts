import { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import { calleeName } from './calls.ts';
import { evaluate } from './constants.ts';
import { unwrap } from './run-time.ts';
import { wordsOf } from './words.ts';

const strong = new Set(
  'auth authed authenticate authenticated authentication authorize authorized authorise authorised authorization unauthorized unauthorised unauthenticated forbidden permission permissions permitted admin superadmin superuser acl rbac privilege privileges'.split(
    ' ',
  ),
);
const weak = new Set(
  'role roles session login access guard csrf jwt scope scopes protected ability entitlement entitlements'.split(' '),
);
const asking = new Set(
  'require requires required assert ensure check verify validate enforce guard protect must demand expect authorize authorise authenticate only restrict deny allow'.split(
    ' ',
  ),
);
/** Names that begin so do something to accounts, sessions or roles; they check nothing. */
const doing = new Set(
  'create set get delete remove update add save on use handle log refresh start end destroy invalidate parse build make render show open list find fetch load sign init configure register reset clear is has to from describe test mock generate send revoke grant assign insert upsert'.split(
    ' ',
  ),
);
/** What is mounted rather than asked: `authRouter`. */
const mounted = new Set(
  'router routes route api handler handlers controller service page view plugin resolver module provider'.split(' '),
);

/** Words that say that somebody holds a right, unlike those that only speak of access (`auth`, `acl`). */
const held = new Set(
  'authenticated authed authorized authorised unauthorized unauthenticated forbidden permission permissions permitted admin superadmin superuser privilege privileges'.split(
    ' ',
  ),
);

/** A name that says that somebody holds a right: `isAdmin`, `hasPermission`, `canEdit`, `signedIn`. */
export function namesRight(text: string): boolean {
  const words = wordsOf(text);
  if (words.length > 6) return false;
  if (words[0] === 'has' && words.at(-1) === 'access') return true;
  return words.some((word) => held.has(word)) || (words[0] === 'can' && words.length > 1) || pairedIn(words);
}

/** An identifier or string with a word that stands for a right: `isAdmin`, `hasPermission`, `canEdit`, `signedIn`. */
export function namesAccess(text: string): boolean {
  const words = wordsOf(text);
  if (words.length > 6) return false;
  if (words.some((word) => strong.has(word))) return true;
  if (words[0] === 'can' && words.length > 1) return true;
  if (words.at(-1) === 'protectedprocedure' || (words.includes('protected') && words.includes('procedure')))
    return true;
  return words.some((word, i) => (word === 'signed' || word === 'logged') && words[i + 1] === 'in');
}

/**
 * A name that says "check access", by how it is used: called for its effect, wrapped around a handler, or put on a method.
 */
export function isGuardName(name: string, use: 'call' | 'wrapper' | 'decorator'): boolean {
  const words = wordsOf(name);
  const first = words[0];
  if (first === undefined || doing.has(first)) return false;
  const worded = words.some((word) => strong.has(word) || weak.has(word)) || words.includes('can') || pairedIn(words);
  if (use === 'decorator')
    return worded && !words.includes('public') && !words.includes('param') && first !== 'current';
  if (words.length === 1)
    return use === 'call' ? /^(?:authori[sz]e|authenticate|protect)$/.test(first) : strong.has(first);
  if (words.some((word) => mounted.has(word))) return false;
  if (use === 'wrapper')
    return worded && (first === 'with' || asking.has(first) || words.at(-1) === 'guard' || first === 'protected');
  return worded && asking.has(first);
}

/** Something in the place of middleware whose name or arguments stand for a check of access. */
export function isGuardReference(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  const callee = ts.isCallExpression(node) ? node.expression : node;
  if (!ts.isIdentifier(callee) && !ts.isPropertyAccessExpression(callee) && !ts.isCallExpression(callee)) return false;
  const names = callee.getText().split(/[^\w$]+/);
  const last = wordsOf(calleeName(callee));
  if (last.some((word) => mounted.has(word)) || ['initialize', 'create', 'get', 'set'].includes(last[0] ?? ''))
    return false;
  return names.some((name) => {
    const words = wordsOf(name);
    return (
      words.some((word) => strong.has(word) || (weak.has(word) && word !== 'session' && word !== 'login')) ||
      words[0] === 'can' ||
      pairedIn(words)
    );
  });
}

/** Evidence that a branch refuses access: 401, 403, `Forbidden`, `Unauthorized`, or the way to the login page. */
export function isDenial(branch: ts.Node, bindings: Bindings): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || ts.isFunctionLike(node) || (ts.isIfStatement(node) && node !== branch)) return;
    if (ts.isNumericLiteral(node))
      found = (node.text === '401' || node.text === '403') && !ts.isElementAccessExpression(node.parent);
    else if (ts.isIdentifier(node)) found = deniedName(node.text) || isDeniedStatus(node, bindings);
    else if (ts.isStringLiteralLike(node)) found = deniedText(node);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(branch);
  return found && leaves(branch);
}

/** `res.status(SIGN_IN_FIRST)` with a constant of 401. */
function isDeniedStatus(node: ts.Identifier, bindings: Bindings): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  if (!/^(?:status|sendStatus|code|writeHead)$/.test(calleeName(parent.expression))) return false;
  const value = evaluate(node, bindings)?.value;
  return value === 401 || value === 403;
}

/** A denial answers, throws, returns or moves on; a log line that mentions one does not. */
function leaves(branch: ts.Node): boolean {
  return /\b(?:return|throw\w*|next|send|sendStatus|status|json|end|redirect|reject|abort|fail|push|replace|error)\b/.test(
    branch.getText(),
  );
}

function deniedName(name: string): boolean {
  return /forbidden|unauthori[sz]ed|unauthenticated|access_?denied|permission_?denied|(?:throw\w*_?|^)permission_?error|not_?authori[sz]ed|not_?authenticated|no_?permission|insufficient_?(?:permission|scope|role)/i.test(
    name,
  );
}

function deniedText(node: ts.StringLiteralLike): boolean {
  const text = node.text;
  if (/^\/(?:[\w-]+\/)*(?:login|signin|sign-in|log-in)\b/i.test(text)) return isRedirected(node);
  return (
    text.length < 80 && (deniedName(text.replace(/[\s-]/g, '_')) || lacksRight.test(text) || /^40[13]$/.test(text))
  );
}

/** "User does not have permission to do this", "You must be an admin". */
const lacksRight =
  /\b(?:not|n['’]t) have (?:the |any |enough |sufficient )?(?:permissions?|rights?|access|privileges?)\b|\b(?:not|n['’]t) (?:allowed|permitted) to\b|\bmust be (?:an? |the )?(?:admin|administrator|owner|moderator|signed in|logged in)\b|\bonly (?:admins|administrators|owners|moderators)\b/i;

function isRedirected(node: ts.Node): boolean {
  const call = ts.findAncestor(node, (at) => ts.isCallExpression(at) || ts.isStatement(at));
  return call !== undefined && /redirect|navigate|push|replace/i.test(call.getText());
}

function pairedIn(words: readonly string[]): boolean {
  return words.some((word, i) => (word === 'signed' || word === 'logged') && words[i + 1] === 'in');
}
