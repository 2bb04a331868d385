import type { Finding } from '../../server/src/core/finding.ts';
import { createSession, type Session } from '../../server/src/session/session.ts';
import { type MemoryHost, memoryHost } from '../harness/memory-host.ts';
import type { Change } from './change.ts';
import type { Workspace } from './source.ts';

/** What Switchyard says about one change of a workspace, hints included, and nothing else having changed. */
export type Judge = (change: Change) => Promise<readonly Finding[]>;

/** One session for each workspace: a change is written, looked at, and taken back. */
export function createJudge(): Judge {
  const open = new Map<Workspace, { host: MemoryHost; session: Session }>();
  return async ({ workspace, files }) => {
    let one = open.get(workspace);
    if (!one) {
      const host = memoryHost(new Map([...workspace.files].map(([path, { text }]) => [path, text])));
      host.base = new Map(host.now);
      one = { host, session: createSession({ host }) };
      open.set(workspace, one);
    }
    const { host, session } = one;
    const put = (path: string, text: string | undefined): void =>
      text === undefined ? host.remove(path) : host.write(path, text);
    for (const [path, text] of files) put(path, text);
    session.apply({ kind: 'disk', paths: [...files.keys()] });
    try {
      const analysis = await session.analyse();
      for (const { rule, error } of analysis.failures) throw new Error(`rule ${rule} failed`, { cause: error });
      return analysis.findings.filter(
        ({ scope, verdict }) => scope === 'change' && (verdict?.state ?? 'open') === 'open',
      );
    } finally {
      for (const path of files.keys()) put(path, workspace.files.get(path)?.text);
      session.apply({ kind: 'disk', paths: [...files.keys()] });
    }
  };
}
