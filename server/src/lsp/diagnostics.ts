import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { groupBy } from '../core/group-by.ts';
import { lineMaps } from '../core/text.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Analysis } from '../session/analysis.ts';
import { isShown } from '../session/session.ts';
import { toDiagnostic } from './convert.ts';
import { type Folder, locate, placesOf } from './folder.ts';

/**
 * Tells the editor what changed since the last time. While somebody types, findings that come or go have to stand for two analyses:
 * what is typed half is no finding. A saved file is told at once. Returns how many diagnostics stand, and whether some wait.
 */
export function publish(
  connection: Connection,
  folder: Folder,
  analysis: Analysis,
  settings: Settings,
  pageOf: (rule: string) => string,
): { readonly count: number; readonly waits: boolean } {
  const now = diagnosticsOf(folder, analysis, settings, pageOf);
  const waiting = new Map<string, string>();
  for (const uri of new Set([...now.keys(), ...folder.published.keys()])) {
    const diagnostics = now.get(uri) ?? [];
    const said = JSON.stringify(diagnostics);
    const told = folder.published.get(uri);
    if (told?.said === said) continue;
    const findings = fingerprints(diagnostics);
    if (told?.findings !== findings && isBeingTyped(folder, analysis, uri) && folder.waiting.get(uri) !== findings) {
      waiting.set(uri, findings);
      continue;
    }
    if (diagnostics.length === 0) folder.published.delete(uri);
    else folder.published.set(uri, { said, findings });
    void connection.sendDiagnostics({ uri, diagnostics });
  }
  folder.waiting = waiting;
  folder.analysis = analysis;
  return { count: [...now.values()].reduce((sum, list) => sum + list.length, 0), waits: waiting.size > 0 };
}

function fingerprints(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ data }) => (data as { fingerprint: string }).fingerprint).join();
}

/** Open, and other than on disk. */
function isBeingTyped(folder: Folder, analysis: Analysis, uri: string): boolean {
  const path = locate([folder], uri)?.path;
  const file = path === undefined ? undefined : analysis.snapshot.files.get(path);
  return file?.openVersion !== undefined && folder.session.textOnDisk(path!) !== file.text();
}

/** Clears a folder that left the window. */
export function unpublish(connection: Connection, folder: Folder): void {
  for (const uri of folder.published.keys()) void connection.sendDiagnostics({ uri, diagnostics: [] });
  folder.published.clear();
}

/**
 * By default the Problems panel speaks of this change and of what is broken. The rest becomes hints, which stay out of the
 * panel and keep their quick fixes, in open files only: elsewhere nobody would see them.
 */
function diagnosticsOf(
  folder: Folder,
  analysis: Analysis,
  settings: Settings,
  pageOf: (rule: string) => string,
): Map<string, Diagnostic[]> {
  const places = placesOf(folder, analysis);
  const byUri = new Map<string, Diagnostic[]>();
  const linesOf = lineMaps(places.text);
  const beneath = groupBy(analysis.findings, ({ under }) => under);
  for (const finding of analysis.findings) {
    if ((finding.verdict && finding.verdict.state !== 'open') || finding.under !== undefined) continue;
    const quiet = settings.problems === 'change' && !isShown(finding, analysis);
    if (quiet && places.version(finding.path) === null) continue;
    const uri = places.uri(finding.path);
    const diagnostic = toDiagnostic(
      finding,
      beneath.get(finding.fingerprint) ?? [],
      quiet,
      linesOf,
      places.uri,
      pageOf,
    );
    if (finding.rule === 'policy/invalid') diagnostic.message += ' The last good policy stays in force.';
    byUri.set(uri, [...(byUri.get(uri) ?? []), diagnostic]);
  }
  return byUri;
}
