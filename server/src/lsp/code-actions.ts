import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  type Range,
  ResponseError,
} from 'vscode-languageserver/node';
import type { CancellationToken } from '../core/cancellation.ts';
import type { Finding, FixRef } from '../core/finding.ts';
import { hashText } from '../core/hash.ts';
import {
  applyEdits,
  changedText,
  type FileChange,
  offsetAfter,
  type SourceChange,
  type TextEdit,
} from '../core/source-change.ts';
import { LineMap } from '../core/text.ts';
import { clientCommands, type FlagRemoval, type RefusedPlace } from '../protocol/messages.ts';
import type { Analysis } from '../session/analysis.ts';
import { suppressionFix } from '../session/marks-at.ts';
import type { TypeCheckWish } from '../session/type-check.ts';
import { lineMapOf, toRange } from './convert.ts';
import { type Folder, locate, placesOf, uriOf } from './folder.ts';
import { removalActions } from './removal-actions.ts';
import { toPreviewEdit, toWorkspaceEdit } from './workspace-edit.ts';

const fixAllKind = `${CodeActionKind.SourceFixAll}.switchyard`;

/** What an action carries until it is resolved. The edit is computed then, and refused when the document has moved on. */
interface ActionData {
  readonly uri: string;
  /** The hash of the text that it was listed for. A version would not do: a file that is opened gets one, and is the same. */
  readonly text: string;
  /** Undefined for fix-all, and for a removal. */
  readonly fix?: FixRef;
  /** Our client plans it itself, so that it can be cancelled, looked at and told; others resolve it. */
  readonly removal?: FlagRemoval;
}

export const codeActionKinds = [CodeActionKind.QuickFix, fixAllKind];

/** Lists the fixes of the findings at a place, without computing any edit. */
export function listCodeActions(folders: Iterable<Folder>, params: CodeActionParams): CodeAction[] {
  const { uri } = params.textDocument;
  const found = locate(folders, uri);
  if (!found?.folder.analysis) return [];
  const { folder, path } = found;
  const analysis = folder.analysis!;
  const places = placesOf(folder, analysis);
  const lines = lineMapOf(path, places);
  const here = analysis.findings.filter((one) => one.path === path && (one.verdict?.state ?? 'open') === 'open');
  const text = hashText(places.text(path) ?? '');
  const actions: CodeAction[] = [];
  if (wants(params, CodeActionKind.QuickFix)) {
    const offered: FlagRemoval[] = [];
    const compares: Finding[] = [];
    const listed = new Set<string>();
    for (const finding of here) {
      if (!sharesLine(toRange(finding.range, lines), params.range)) continue;
      if (finding.scope === 'change' && isCompared(analysis, path)) compares.push(finding);
      for (const [index, fix] of finding.fixes.entries()) {
        const same = JSON.stringify([fix.id, fix.data]);
        if (listed.has(same)) continue;
        listed.add(same);
        const removal = removalOf(folder, fix);
        if (removal) offered.push(removal);
        const data: ActionData = { uri, text, ...(removal ? { removal } : { fix }) };
        actions.push(quickFix(finding, fix, index === 0, params, data));
      }
    }
    if (compares[0]) actions.push(compareAction(uri, toRange(compares[0].range, lines)));
    actions.push(...removalActions(folder, analysis, { path, uri, text, range: params.range }, offered));
    for (const finding of here) {
      const fix = sharesLine(toRange(finding.range, lines), params.range) ? suppressionFix(finding) : undefined;
      if (fix) actions.push(quickFix(finding, fix, false, params, { uri, text, fix }));
    }
  }
  const asked = params.context.only?.some((kind) => kind !== CodeActionKind.QuickFix && wants(params, fixAllKind));
  if (asked && here.some((one) => one.fixes.some((fix) => fix.safe))) {
    const data: ActionData = { uri, text };
    actions.push({ title: 'Apply all safe Switchyard fixes in this file', kind: fixAllKind, data });
  }
  return actions;
}

function isCompared({ change }: Analysis, path: string): boolean {
  return change?.files.some((one) => one.path === path && one.base !== undefined) ?? false;
}

/** No change, but a look at what stood there. */
function compareAction(uri: string, range: Range): CodeAction {
  const title = 'Compare with base';
  const command = { title, command: clientCommands.compareWithBase, arguments: [uri, range] };
  return { title, kind: CodeActionKind.QuickFix, command };
}

/** A fix that removes a flag, as any other removal. */
function removalOf(folder: Folder, { id, data }: FixRef): FlagRemoval | undefined {
  if (id !== 'remove-toggle') return undefined;
  return { folder: folder.uri, key: data.key as string, keep: data.keep as FlagRemoval['keep'] };
}

function quickFix(
  finding: Finding,
  fix: FixRef,
  first: boolean,
  params: CodeActionParams,
  data: ActionData,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: params.context.diagnostics.filter((one) => one.data?.fingerprint === finding.fingerprint),
    isPreferred: first && fix.safe,
    data,
  };
}

/** Anywhere on the line is near enough: nobody should have to aim at a squiggle. */
function sharesLine(a: Range, b: Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}

/** `only: ['source']` asks for everything below `source`. */
function wants({ context }: CodeActionParams, kind: string): boolean {
  return !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
}

/** Computes the edit of a listed action. @throws ResponseError (content modified) when the document has moved on. */
export async function resolveCodeAction(
  folders: Iterable<Folder>,
  action: CodeAction,
  types: TypeCheckWish,
  token: CancellationToken,
): Promise<CodeAction> {
  const { uri, text, fix, removal } = action.data as ActionData;
  const found = locate(folders, uri);
  if (!found) return action;
  const { folder, path } = found;
  const analysis = await folder.session.analyse();
  const places = placesOf(folder, analysis);
  if (hashText(places.text(path) ?? '') !== text)
    throw new ResponseError(LSPErrorCodes.ContentModified, 'The file changed since the fix was listed. Ask again.');
  if (removal) {
    const change = await folder.session.removeFlags([removal], token, types);
    return { ...action, edit: toPreviewEdit(change, places), ...commandAfter(folder, change, places.text) };
  }
  const change = fix
    ? await folder.session.fix(fix, token)
    : await fixAll(
        folder,
        path,
        analysis.findings.filter((one) => one.path === path),
      );
  const other = change.files.some((file) => file.path !== path && file.before !== undefined);
  return { ...action, edit: toWorkspaceEdit(change, places, other), ...commandAfter(folder, change, places.text) };
}

/** The safe fixes of one file, as far as their edits stay in it and do not meet. */
async function fixAll(folder: Folder, path: string, findings: readonly Finding[]): Promise<SourceChange> {
  const edits: TextEdit[] = [];
  let before: string | undefined;
  for (const fix of findings.flatMap((one) => one.fixes).filter((one) => one.safe)) {
    const change = await folder.session.fix(fix);
    const own = change.files.find((file) => file.path === path && !file.deleted);
    if (!own || own.edits.some((edit) => edits.some((other) => meet(edit, other)))) continue;
    before = own.before;
    edits.push(...own.edits);
  }
  edits.sort((a, b) => a.range.start - b.range.start);
  const files: FileChange[] = edits.length === 0 ? [] : [{ path, before, edits }];
  return { title: 'Apply all safe fixes', files, refused: [] };
}

function meet(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}

/** After the edit: the cursor goes to where one has to type, or the places that were left are told. */
function commandAfter(folder: Folder, change: SourceChange, text: (path: string) => string | undefined) {
  if (change.refused.length > 0)
    return {
      command: {
        title: 'Show what was left',
        command: clientCommands.showRefused,
        arguments: [refusedPlaces(folder, change, text)],
      },
    };
  if (!change.cursor) return {};
  const { path, offset } = change.cursor;
  const file = change.files.find((one) => one.path === path);
  const after = file ? (changedText(file) ?? '') : (text(path) ?? '');
  const range = toRange({ start: offset, end: offset }, new LineMap(after));
  return { command: { title: 'Go there', command: clientCommands.reveal, arguments: [uriOf(folder, path), range] } };
}

/** The places that a source change left as they were, in the text as it is after the change. */
export function refusedPlaces(
  folder: Folder,
  change: SourceChange,
  text: (path: string) => string | undefined,
): RefusedPlace[] {
  return change.refused.map((one) => {
    const file = change.files.find((other) => other.path === one.path);
    const before = file?.before ?? text(one.path) ?? '';
    const after = file ? applyEdits(before, file.edits) : before;
    const moved = (offset: number) => offsetAfter(file?.edits ?? [], offset);
    const range = toRange({ start: moved(one.range.start), end: moved(one.range.end) }, new LineMap(after));
    return { uri: uriOf(folder, one.path), path: one.path, range, reason: one.reason };
  });
}
