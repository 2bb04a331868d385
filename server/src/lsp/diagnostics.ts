import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { lineMaps } from '../core/text.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Analysis } from '../session/analysis.ts';
import { isShown } from '../session/session.ts';
import { toDiagnostic } from './convert.ts';
import { type Folder, placesOf } from './folder.ts';

/** Tells the editor what changed since the last time. Returns how many diagnostics stand now. */
export function publish(
  connection: Connection,
  folder: Folder,
  analysis: Analysis,
  settings: Settings,
  pageOf: (rule: string) => string,
): number {
  const now = diagnosticsOf(folder, analysis, settings, pageOf);
  let count = 0;
  for (const [uri, diagnostics] of now) {
    count += diagnostics.length;
    const said = JSON.stringify(diagnostics);
    if (folder.published.get(uri) === said) continue;
    folder.published.set(uri, said);
    void connection.sendDiagnostics({ uri, diagnostics });
  }
  for (const uri of folder.published.keys()) {
    if (now.has(uri)) continue;
    folder.published.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  }
  folder.analysis = analysis;
  return count;
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
  for (const finding of analysis.findings) {
    if (finding.verdict && finding.verdict.state !== 'open') continue;
    const quiet = settings.problems === 'change' && !isShown(finding, analysis);
    if (quiet && places.version(finding.path) === null) continue;
    const uri = places.uri(finding.path);
    const diagnostic = toDiagnostic(finding, quiet, linesOf, places.uri, pageOf);
    if (finding.rule === 'policy/invalid') diagnostic.message += ' The last good policy stays in force.';
    byUri.set(uri, [...(byUri.get(uri) ?? []), diagnostic]);
  }
  return byUri;
}
