import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { builtIn, isWritten, takenMembers } from './flag-sign-hooks.ts';
import { functionSigns, registrySign, word } from './flag-sign-lists.ts';
import { parse, rangeOf, walk } from './parse.ts';
import { innermost, outermost, writtenPath } from './transparent.ts';

/** A place that looks like a read of a flag, or like a list of flags, by its words alone. */
export interface FlagSign {
  readonly kind:
    | 'call'
    | 'hook'
    | 'property'
    | 'collection'
    | 'component'
    | 'decorator'
    | 'env'
    | 'define'
    | 'function'
    | 'registry';
  /** What is called or asked, as a policy names it: `flags.isEnabled`, `useFeatures`, `config.featureToggles`, `Feature`. */
  readonly name: string;
  /** The key, where it is written; a constant as it is written. */
  readonly key?: string;
  /** The key is a member of a group of constants (`Flags.NEW`), or a constant (`FLAG_NEW`). */
  readonly constant?: true;
  /** The argument that is the key, the prop, or the field that a hook's members stand in. */
  readonly at?: number | string;
  /** It stands as a condition, or is turned into true or false. */
  readonly decides?: true;
  readonly range: TextRange;
}

/** Words that a text must hold to be worth a parse. */
export const signWords =
  /feature|flag|toggle|experiment|switches|Switch(?:ed)?(?:On|Off|Enabled)|\bFF_|_ENABLED\b|\bENABLE_/i;

/** The signs of flags in one file, in the order of their places. Told by words: who asks weighs them. */
export function flagSigns(path: string, text: string): FlagSign[] {
  if (!signWords.test(text) && !signWords.test(path)) return [];
  const source = parse(path, text);
  const found: FlagSign[] = [];
  const add = (sign: Omit<FlagSign, 'range'>, node: ts.Node): void => {
    found.push({ ...sign, range: rangeOf(node, source) });
  };
  walk(source, (node) => {
    if (ts.isCallExpression(node)) callSign(node, add);
    else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) memberSign(node, add);
    else if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) elementSign(node, add);
    else if (ts.isIdentifier(node)) defineSign(node, add);
    else registrySign(node, add);
  });
  functionSigns(path, source, add);
  return found.sort((a, b) => a.range.start - b.range.start);
}

export type AddSign = (sign: Omit<FlagSign, 'range'>, node: ts.Node) => void;

/** `isFeatureEnabled`, `useUiFlag`, `hasFeature`, `getFeatureFlag`, `featureFlag` */
const callName = new RegExp(
  `^(?:is|has|use|get|check|evaluate|read|should|can|with)?(?:[A-Z][a-z]+)?${word}s?(?:[A-Z]\\w*)?$`,
  'i',
);
/** `isSwitchOn`, `isFeatureSwitchEnabled`: a switch alone may be anything. */
const switchName = /^(?:is|has|get|check|use)(?:[A-Z][a-z]+)?Switch(?:ed)?(?:On|Off|Enabled|Active)$/;
const notCall =
  /^(?:for|set|add|create|register|define|delete|remove|update|mock|override|track|log|on|handle|render|parse|toggle|use(?:Create|Update|Delete|Add|Set|Remove))[A-Z]|^toggle$|Emoji|Icon|Image|Country|Url$|Src$|Provider$|Context$|Client$|List$|Mutation$|Query$|Store$/;
/** `isEnabled` and the like say nothing without a receiver that does. */
const plainCall =
  /^(?:is|has|get|check)(?:Enabled|On|Active|Off|Disabled|Allowed|Available|BooleanValue|StringValue|Value)?$|^(?:enabled|isOn|variation|evaluate)$/;
const flagReceiver = new RegExp(`${word}s?(?:Service|Client|Manager|Provider|Store|Flags?|Toggles?|Config)?$`, 'i');
const hookName = /^use(?:[A-Z]\w*)?(?:Features|Flags|Toggles|Switches|Experiments)$/;
const elementName =
  /^(?:If|With|When|Has)?(?:Feature|FeatureFlag|FeatureToggle|Flag|Toggle|Experiment)s?(?:Gate|Guard|Enabled|Toggle|Flag|Flagged|Wrapper|Switch|Check)?$/;
const keyProps = [
  'name',
  'flag',
  'feature',
  'featureName',
  'flagName',
  'flagKey',
  'featureFlag',
  'feature_flag',
  'toggle',
  'id',
  'keyName',
];
const strongPlace = /^_?(?:feature_?(?:flags|toggles|switches)|ff)$/i;
const weakPlace = /^(?:features|flags|toggles|experiments|switches)$/;
const weakOwner =
  /^(?:config|settings|app|env|window|appConfig|runtimeConfig|environment|globalThis|user|account|org|organization|team|project|license|instance|site)$/i;
const listPlace = /^(?:enabled|active)?_?(?:features|feature_?flags|feature_?toggles|flags|toggles|experiments)$/i;
const variable =
  /^(?:(?:VITE|NEXT_PUBLIC|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_)?(?:(?:FEATURE|FEATURES|FF|FLAG|FEATURE_FLAG|ENABLE)_\w+|\w+_ENABLED)$/;

function callSign(node: ts.CallExpression, add: AddSign): void {
  const callee = innermost(node.expression);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  const owner = ts.isPropertyAccessExpression(callee) ? writtenPath(callee.expression) : '';
  if (/^(?:includes|has)$/.test(name) && listPlace.test(lastOf(owner))) {
    const key = node.arguments[0] && keyOf(node.arguments[0]);
    if (key !== undefined) add({ kind: 'collection', name: shortened(owner), ...key }, node);
    return;
  }
  if (hookName.test(name) && node.arguments.every((one) => !ts.isStringLiteralLike(one))) {
    for (const { node: place, ...member } of takenMembers(node)) add({ kind: 'hook', name, ...member }, place);
    return;
  }
  const speaks = switchName.test(name) || (callName.test(name) && !notCall.test(name));
  const told = plainCall.test(name) && flagReceiver.test(lastOf(owner).replace(/\(\)$/, ''));
  if (!speaks && !told) return;
  const at = node.arguments.findIndex((one, index) => index < 3 && keyOf(one) !== undefined);
  if (at < 0 || isMaker(node)) return;
  const kind = ts.isDecorator(outermost(node).parent) ? 'decorator' : 'call';
  const called = owner === '' ? name : `${shortened(owner, 1)}.${name}`;
  add({ kind, name: called, at, ...keyOf(node.arguments[at]!)! }, node);
}

/** `withFlag('new-cart')(Page)`: what it yields is no value, but takes something else. */
function isMaker(node: ts.CallExpression): boolean {
  const value = outermost(node);
  const { parent } = value;
  return ts.isCallExpression(parent) && parent.expression === value && parent.arguments.length > 0;
}

/** A literal that may be a key, a member of a constant group (`Flags.NEW`), or a constant (`FLAG_NEW`). */
function keyOf(node: ts.Expression): Pick<FlagSign, 'key' | 'constant'> | undefined {
  const plain = innermost(node);
  if (ts.isStringLiteralLike(plain))
    return /^[A-Za-z][\w.:/-]{1,79}$/.test(plain.text) ? { key: plain.text } : undefined;
  if (!ts.isPropertyAccessExpression(plain) && !ts.isIdentifier(plain)) return undefined;
  const path = writtenPath(plain);
  return /^(?:[A-Z][\w$]*(?:\.[\w$]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/.test(path) && new RegExp(word, 'i').test(path)
    ? { key: path, constant: true }
    : undefined;
}

function memberSign(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, add: AddSign): void {
  const { key, constant } = memberKey(node);
  if (key === undefined || builtIn.has(key)) return;
  const owner = writtenPath(node.expression);
  if (owner === 'process.env' || owner === 'import.meta.env') {
    if (variable.test(key)) add({ kind: 'env', name: patternOf(key), key }, node);
    return;
  }
  const last = lastOf(owner);
  const strong = strongPlace.test(last);
  const named = constant || weakOwner.test(lastOf(owner.slice(0, -last.length - 1)));
  if (!strong && !(weakPlace.test(last) && named)) return;
  const value = outermost(node);
  const { parent } = value;
  if (ts.isCallExpression(parent) && parent.expression === value) return;
  if (ts.isPropertyAccessExpression(parent) || isWritten(value)) return;
  const decides = isCondition(value);
  add(
    {
      kind: 'property',
      name: strong || (constant && isTaken(innermost(node.expression))) ? `*.${last}` : shortened(owner),
      key,
      ...(constant && { constant }),
      ...(decides && { decides: true as const }),
    },
    node,
  );
}

/** The name of a member, as far as it is written; a constant that names one speaks of flags itself. */
function memberKey(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): Pick<FlagSign, 'key' | 'constant'> {
  if (ts.isPropertyAccessExpression(node)) return { key: node.name.text };
  const index = innermost(node.argumentExpression);
  return ts.isStringLiteralLike(index) ? { key: index.text } : (keyOf(index) ?? {});
}

/** A member of something, or a name for one: `props.flags`, or `flags` in `({ flags }) => ...`. */
function isTaken(place: ts.Expression): boolean {
  if (!ts.isIdentifier(place)) return true;
  const takes = (name: ts.BindingName): boolean =>
    ts.isObjectBindingPattern(name) &&
    name.elements.some(({ name: one }) => (ts.isIdentifier(one) ? one.text === place.text : takes(one)));
  for (let at: ts.Node = place; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) && at.parameters.some(({ name }) => takes(name))) return true;
    if (!ts.isBlock(at)) continue;
    const lists = at.statements.flatMap((one) => (ts.isVariableStatement(one) ? one.declarationList.declarations : []));
    if (lists.some(({ name }) => takes(name))) return true;
  }
  return false;
}

function isCondition(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (!ts.isBinaryExpression(parent)) return false;
  const kind = parent.operatorToken.kind;
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken
  );
}

function elementSign(node: ts.JsxOpeningElement | ts.JsxSelfClosingElement, add: AddSign): void {
  if (!ts.isIdentifier(node.tagName) || !elementName.test(node.tagName.text)) return;
  for (const attribute of node.attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || !ts.isIdentifier(attribute.name) || !keyProps.includes(attribute.name.text))
      continue;
    const value = attribute.initializer;
    const written = value && ts.isJsxExpression(value) ? value.expression : value;
    const key = written && ts.isExpression(written) ? keyOf(written) : undefined;
    if (key === undefined) continue;
    add({ kind: 'component', name: node.tagName.text, at: attribute.name.text, ...key }, node);
    return;
  }
}

/** A global that a build puts in: `__FEATURE_X__`, declared nowhere. */
function defineSign(node: ts.Identifier, add: AddSign): void {
  if (!/^__(?:FEATURE|FLAG|FF|ENABLE|EXPERIMENT)\w*$/.test(node.text)) return;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return;
  const name = /^__[A-Z]+/.exec(node.text)![0];
  add({ kind: 'define', name: `${name}_*`, key: node.text }, node);
}

/** `FEATURE_*`, `VITE_FF_*`, `*_ENABLED`: the pattern that an environment variable is one of. */
function patternOf(key: string): string {
  const begins =
    /^((?:(?:VITE|NEXT_PUBLIC|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_)?(?:FEATURE_FLAG|FEATURES|FEATURE|FF|FLAG|ENABLE)_)/.exec(
      key,
    );
  return begins ? `${begins[1]}*` : '*_ENABLED';
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The last names of a path, without `this`. */
function shortened(path: string, names = 2): string {
  return path
    .split('.')
    .filter((one) => one !== 'this' && one !== '?')
    .slice(-names)
    .join('.');
}
