import { ts } from 'ts-morph';
import { later } from '../core/later.ts';
import { bindingsOf } from './bindings.ts';
import type { ChangeFacts, FeatureKind } from './change-facts.ts';
import { collect, constantsUsedAsTimeouts, type View } from './collect.ts';
import { contextOf, unitOf } from './context.ts';
import { extractors } from './features/extractors.ts';
import { timeoutPlaces } from './features/timeout.ts';
import { exportsOf } from './imports.ts';
import { mutedChecksOf } from './muted-checks.ts';
import { normalForm } from './normal-form.ts';
import type { Skip } from './normal-tokens.ts';
import { type Listed, outlineOf } from './outline.ts';
import { functionOf, isAsync, parametersOf, signatureOf, statementsOf } from './parameters.ts';
import { treeOf } from './parse.ts';
import { type Context, keepSketch, type Sketch, sameBy, sketchOf } from './same.ts';
import { scopesOf } from './scope.ts';
import { type Body, type Form, type Tellers, Told } from './told.ts';

/**
 * What is compared of one text of a changed file: its declarations in normal form with the features that the risk rules look
 * at. A pure function; a text with syntax errors yields what could be read of it. Only the outline is told at once, the rest of a
 * declaration when somebody asks for it.
 * @param before what was told of an earlier text of the same file: only makes it faster
 */
export function takeChangeFacts(path: string, text: string, before?: ChangeFacts): ChangeFacts {
  const asked = askedOf(path, text);
  const told = toldOf(asked, before && sketchOf(before));
  return factsOf(asked, told);
}

/** What is asked of a text again and again. Functions that outlive the tree are made apart from those that hold it, or it would live as long. */
interface Asked extends Tellers, Pick<Sketch, 'context' | 'exports' | 'mutedChecks'> {
  readonly outlined: () => Outlined;
}

/** What of a file was told before, but for its declarations. */
export interface ToldOfFile {
  readonly context?: Context;
  readonly exports?: ChangeFacts['exports'];
  readonly mutedChecks?: ChangeFacts['mutedChecks'];
}

export function askedOf(path: string, text: string, told: ToldOfFile = {}): Asked {
  const tree = treeOf(path, text);
  const outlined = () => outlinedOf(path, tree());
  return {
    outlined,
    context: later(() => contextOf(tree(), saidOfConstants(outlined())), told.context),
    exports: later(() => exportsOf(scopesOf(tree())), told.exports),
    mutedChecks: later(() => mutedChecksOf(tree()), told.mutedChecks),
    form: (id) => formIn(outlined(), id),
    body: (id, form) => bodyIn(outlined(), id, form),
  };
}

/** By id. */
function toldOf(asked: Asked, earlier: Sketch | undefined): Map<string, Told> {
  const { outline, file } = asked.outlined();
  const same = earlier && sameBy(earlier.context, asked.context);
  const told = new Map<string, Told>();
  for (const listed of outline) {
    const { id, kind, name, container, exported } = listed;
    const unit = unitOf(listed, file.text);
    const known = earlier?.told.get(id);
    const isSame = known?.exported === exported && same?.(known.unit, unit);
    const isHere = isSame && known.isTold && known.unit?.start === unit?.start;
    const [range, nameRange] = [rangeOf(listed, file), nameRangeOf(listed, file)];
    const head = { id, kind, name, container, range, nameRange, exported };
    told.set(id, isHere ? known : new Told(head, unit, asked, isSame ? known : undefined));
  }
  return told;
}

export function factsOf(
  { context, exports, mutedChecks }: Pick<Sketch, 'context' | 'exports' | 'mutedChecks'>,
  told: ReadonlyMap<string, Told>,
): ChangeFacts {
  const facts: ChangeFacts = {
    declarations: [...told.values()],
    get mutedChecks() {
      return mutedChecks();
    },
    get exports() {
      return exports();
    },
  };
  keepSketch(facts, { context, exports, mutedChecks, told, mayHold: mayHoldIn });
  return facts;
}

/** A tree and its outline. Lives no longer than the tree. */
interface Outlined extends View {
  readonly outline: readonly Listed[];
  readonly byId: ReadonlyMap<string, Listed>;
  /** Nodes that hold a declaration of their own; walks of others stop there. */
  readonly listed: ReadonlySet<ts.Node>;
}

const outlines = new WeakMap<ts.SourceFile, Outlined>();

function outlinedOf(path: string, file: ts.SourceFile): Outlined {
  const known = outlines.get(file);
  if (known) return known;
  const outline = outlineOf(file);
  const bindings = bindingsOf(file);
  const timeouts = later(() => constantsUsedAsTimeouts(file, bindings));
  const outlined = {
    path,
    file,
    bindings,
    outline,
    byId: new Map(outline.map((one) => [one.id, one])),
    listed: new Set(outline.flatMap((one) => (one.kind === 'module' ? [] : [one.holder, ...one.roots]))),
    hasTimeouts: timeoutPlaces(file.text).length > 0,
    get timeouts() {
      return timeouts();
    },
  };
  outlines.set(file, outlined);
  return outlined;
}

/** What functions of the file tell of its constants: which are timeouts, and which name what leaves the process. */
function saidOfConstants({ file, timeouts, hasTimeouts }: View): string[] {
  const used = hasTimeouts ? [...timeouts].filter((one) => ts.isSourceFile(one.parent.parent.parent)) : [];
  return [
    ...used.map((one) => `timeout ${one.name.getText()}`),
    ...extractors.flatMap((one) => (one.says && one.mentions.test(file.text) ? one.says(file) : [])),
  ];
}

/** Kinds without an extractor of their own may be anywhere. */
function mayHoldIn(text: string, kind: FeatureKind): boolean {
  const of = extractors.filter((one) => one.kinds?.includes(kind));
  return of.length === 0 || of.some((one) => one.mentions.test(text));
}

function formIn(outlined: Outlined, id: string): Form {
  const listed = outlined.byId.get(id)!;
  const skip = nestedIn(listed, outlined.listed);
  const statements = statementsOf(listed, skip);
  const { parts, ...form } = normalForm(listed.roots, outlined.bindings, skip, statements);
  return { ...form, parts: statements.map((one) => parts.get(one) ?? '') };
}

function bodyIn(outlined: Outlined, id: string, { parts }: Form): Body {
  const { file } = outlined;
  const listed = outlined.byId.get(id)!;
  const skip = nestedIn(listed, outlined.listed);
  return {
    ...collect(listed, skip, outlined),
    statements: statementsOf(listed, skip).map((one, i) => ({
      range: { start: one.getStart(file), end: one.end },
      normal: parts[i]!,
    })),
    parameters: parametersOf(listed),
    async: isAsync(functionOf(listed)),
    signature: signatureOf(listed),
  };
}

function rangeOf({ holder, roots }: Listed, file: ts.SourceFile): { start: number; end: number } {
  const last = roots.at(-1);
  return { start: holder.getStart(file), end: last ? Math.max(holder.end, last.end) : holder.end };
}

/** An anonymous declaration is named by its first word; the module by its first statement's. */
function nameRangeOf(listed: Listed, file: ts.SourceFile): { start: number; end: number } {
  const start = listed.nameNode.getStart(file);
  if (listed.nameNode !== listed.holder) return { start, end: listed.nameNode.end };
  const word = /^\S+/.exec(file.text.slice(start, listed.holder.end));
  return { start, end: start + (word?.[0].length ?? 0) };
}

function nestedIn(listed: Listed, all: ReadonlySet<ts.Node>): Skip {
  return { has: (node) => all.has(node) && node !== listed.holder && !listed.roots.includes(node) };
}
