import { ts } from 'ts-morph';
import type { FlagValue } from '../../flags/flag.ts';
import type { Source } from '../source.ts';
import type { Block, Blocks } from './blocks.ts';
import { isFunction } from './context.ts';
import type { TestFlag } from './names.ts';
import type { Pin } from './pins.ts';
import { type Column, columnOf } from './rows.ts';
import { type Side, sideOf, valueIn } from './values.ts';

/** A pin at the block for whose cases it counts. */
export interface Placed {
  readonly pin: Pin;
  readonly block: Block;
  readonly side: Side;
  /** It is set by rows, of which the dead ones go. */
  readonly column?: Column;
  /** A helper sets it beside other things, or because nobody said otherwise: the case need not be about it. */
  readonly isDefault?: true;
  /** The place in the helper that sets it. */
  readonly within?: ts.Node;
}

export interface Placing {
  readonly placed: readonly Placed[];
  /** Pins in what clears up after the cases, and in helpers whose callers all say what they set: they go in any case. */
  readonly free: readonly Pin[];
  readonly unclear: readonly Pin[];
  /** What the callers of helpers give for a pin, by the helpers' pins. */
  readonly given: ReadonlyMap<Pin, readonly ts.Node[]>;
}

/** Tells for each pin which cases it counts for and which side it sets. */
export function placePins(source: Source, pins: readonly Pin[], blocks: Blocks): Placing {
  const placed: Placed[] = [];
  const free: Pin[] = [];
  const unclear: Pin[] = [];
  const given = new Map<Pin, readonly ts.Node[]>();
  for (const pin of pins) {
    const block = blocks.around(pin.node);
    const helper = helperAround(pin.node, block);
    if (block.kind === 'teardown') free.push(pin);
    else if (helper) placeCalls(source, pin, helper, blocks, { placed, free, unclear, given });
    else {
      const owner = block.kind === 'hook' ? block.parent! : block;
      const column = columnAt(source, pin.value, blocks);
      const side = column ? undefined : sideOf(pin.flag, valueAt(source, pin.value));
      if (column?.rows.every(({ cell }) => sideOfCell(source, pin.flag, cell) !== undefined))
        placed.push({ pin, block: owner, side: 'live', column });
      else if (side) placed.push({ pin, block: owner, side });
      else unclear.push(pin);
    }
  }
  return { placed, free, unclear, given };
}

export function sideOfCell(source: Source, flag: TestFlag, cell: ts.Expression | undefined): Side | undefined {
  return sideOf(flag, cell && valueAt(source, cell));
}

function valueAt(source: Source, value: Pin['value']): FlagValue | undefined {
  if (typeof value !== 'object') return value;
  return valueIn(value as ts.Expression, (id) => {
    const declaration = source.symbolOf(id)?.valueDeclaration;
    const isConst =
      declaration && ts.isVariableDeclaration(declaration) && declaration.parent.flags & ts.NodeFlags.Const;
    return isConst ? (declaration as ts.VariableDeclaration).initializer : undefined;
  });
}

/** The rows from which a pin takes its value: `enabled`, also within `{ enabled }` and `{ value: enabled }`. */
function columnAt(source: Source, value: Pin['value'], blocks: Blocks): Column | undefined {
  if (typeof value !== 'object') return undefined;
  let found: Column | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !found) found = columnOf(source, node, blocks.around);
    if (!isFunction(node)) ts.forEachChild(node, visit);
  };
  const plain = value as ts.Expression;
  // Only where the value stands by itself: `!enabled` is another one.
  if (ts.isIdentifier(plain)) visit(plain);
  return found;
}

type Helper = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** The function with a name of its own around a pin, within its block: the cases that call it are those that it counts for. */
function helperAround(node: ts.Node, block: Block): Helper | undefined {
  for (let at = node.parent; at && at !== block.node && at !== block.body; at = at.parent) {
    if (ts.isFunctionDeclaration(at)) return at;
    if (isFunction(at) && ts.isVariableDeclaration(at.parent)) return at;
  }
  return undefined;
}

function placeCalls(
  source: Source,
  pin: Pin,
  helper: Helper,
  blocks: Blocks,
  out: { placed: Placed[]; free: Pin[]; unclear: Pin[]; given: Map<Pin, readonly ts.Node[]> },
): void {
  const name = ts.isFunctionDeclaration(helper) ? helper.name : (helper.parent as ts.VariableDeclaration).name;
  const symbol = name && ts.isIdentifier(name) ? source.symbolOf(name) : undefined;
  const references = symbol ? source.referencesOf(symbol) : [];
  const calls = references.map((one) => (isCallee(one) || isHook(one) ? (one.parent as ts.CallExpression) : undefined));
  const sides = calls.map((call) => call && sideOfCall(source, pin, helper, call));
  const isExported = ts.getCombinedModifierFlags(helper as ts.Declaration) & ts.ModifierFlags.Export;
  if (references.length === 0 || isExported || sides.some((side) => side === undefined)) {
    const side = sideOf(pin.flag, valueAt(source, pin.value));
    if (side === 'live') out.free.push(pin);
    else out.unclear.push(pin);
    return;
  }
  out.free.push(pin);
  const parameter = parameterOf(source, pin.value);
  if (parameter)
    out.given.set(pin, [parameter, ...calls.flatMap((call) => argumentFor(parameter, helper, call!) ?? [])]);
  for (const [index, call] of calls.entries()) {
    const block = blocks.around(call!);
    if (block.kind === 'teardown' || /^(?:test\.)?after/.test(call!.expression.getText())) continue;
    const owner = block.kind === 'hook' ? block.parent! : block;
    const isSaid = parameter ? !!argumentFor(parameter, helper, call!) : setsNothingElse(helper);
    const placed = {
      pin: { ...pin, node: call!, removal: { kind: 'none' } as const },
      block: owner,
      side: sides[index]!,
    };
    out.placed.push(isSaid ? placed : { ...placed, isDefault: true, within: pin.node });
  }
}

function isCallee(id: ts.Identifier): boolean {
  return ts.isCallExpression(id.parent) && id.parent.expression === id;
}

/** Nothing but one statement, besides what it needs for that. */
function setsNothingElse({ body }: Helper): boolean {
  if (!body || !ts.isBlock(body)) return true;
  return body.statements.filter((one) => !ts.isVariableStatement(one)).length === 1;
}

/** `beforeEach(allOff)` */
function isHook(id: ts.Identifier): boolean {
  const { parent } = id;
  return ts.isCallExpression(parent) && parent.arguments.length === 1 && hook.test(parent.expression.getText());
}

const hook = /^(?:test\.)?(?:before|after)(?:Each|All)?$/;

/** What a call of a helper sets: what the helper says itself, or what the call gives for the parameter. */
function sideOfCall(source: Source, pin: Pin, helper: Helper, call: ts.CallExpression): Side | undefined {
  const { value } = pin;
  if (hook.test(call.expression.getText())) return sideOf(pin.flag, valueAt(source, value));
  const own = sideOf(pin.flag, valueAt(source, value));
  if (own || typeof value !== 'object' || !ts.isIdentifier(value as ts.Expression)) return own;
  const parameter = parameterOf(source, value);
  if (!parameter || call.arguments.some(ts.isSpreadElement)) return undefined;
  const given = argumentFor(parameter, helper, call);
  if (given === null) return undefined;
  const cell = given && ts.isPropertyAssignment(given) ? given.initializer : (given as ts.Expression | undefined);
  return sideOfCell(source, pin.flag, cell ?? parameter.initializer);
}

type Given = ts.ParameterDeclaration | ts.BindingElement;

function parameterOf(source: Source, value: Pin['value']): Given | undefined {
  if (typeof value !== 'object' || !ts.isIdentifier(value as ts.Expression)) return undefined;
  const declaration = source.symbolOf(value as ts.Identifier)?.valueDeclaration;
  return declaration && (ts.isParameter(declaration) || ts.isBindingElement(declaration)) ? declaration : undefined;
}

/** What a call gives for a parameter, or for a field of one; undefined where it gives nothing, null where that is not certain. */
function argumentFor(
  parameter: Given,
  helper: Helper,
  call: ts.CallExpression,
): ts.Expression | ts.PropertyAssignment | undefined | null {
  const owner = ts.isParameter(parameter) ? parameter : parameter.parent.parent;
  const index = ts.isParameter(owner) ? helper.parameters.indexOf(owner) : -1;
  if (index < 0 || parameter.dotDotDotToken) return null;
  const given = call.arguments[index];
  if (ts.isParameter(parameter) || !given) return given;
  if (!ts.isObjectLiteralExpression(given) || !given.properties.every(ts.isPropertyAssignment)) return null;
  const name = (parameter.propertyName ?? parameter.name).getText();
  return given.properties.find((one) => one.name?.getText() === name) as ts.PropertyAssignment | undefined;
}
