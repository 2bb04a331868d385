import type { ChangedFile } from '../../change/change.ts';
import { dirname } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { anchorInChanged } from './anchor.ts';
import { type FileRoute, fileRouteOf } from './file-routes.ts';
import { isSetApart } from './set-apart.ts';

/** A route of a framework that routes by files, that is gone or lies elsewhere now. */
export interface LostFileRoute {
  readonly path: string;
  readonly range: TextRange;
  readonly from: string;
  readonly to: string | undefined;
  readonly kind: FileRoute['kind'];
  /** The old handler, where only that is gone. */
  readonly text?: string;
}

/** Files that were renamed or deleted although they are routes, and handlers (`POST`) that a file does not export any more. */
export function* lostFileRoutes(input: RuleInput): Iterable<LostFileRoute> {
  const files = (input.change?.files ?? []).filter((one) => !one.test && !isSetApart(one.path));
  const served = new Set(files.flatMap((one) => (one.now === undefined ? [] : (routeAt(one.path, input)?.path ?? []))));
  for (const file of files) {
    const before = file.base === undefined ? undefined : routeAt(file.basePath, input);
    if (!before) continue;
    if (!served.has(before.path)) {
      if (isRedirected(before.path, input)) continue;
      const now = file.now === undefined ? undefined : routeAt(file.path, input);
      yield { path: file.path, range: { start: 0, end: 0 }, from: before.path, to: now?.path, kind: before.kind };
    } else if (before.kind === 'handlers' && file.now !== undefined) yield* lostHandlers(file, before, input);
  }
}

const methods = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

function* lostHandlers(file: ChangedFile, { path: route }: FileRoute, input: RuleInput): Iterable<LostFileRoute> {
  const isHandler = (one: Declaration) => one.exported && methods.test(one.name);
  const before = (input.baseFacts(file.basePath)?.declarations ?? []).filter(isHandler);
  const exported = new Set([
    ...(input.facts(file.path)?.exports ?? []).map((one) => one.exported),
    ...(input.changeFacts(file.path)?.declarations ?? []).filter(isHandler).map((one) => one.name),
  ]);
  const { base = '' } = file;
  for (const one of before) {
    if (exported.has(one.name) || exported.has('*')) continue;
    const range = anchorInChanged(file, one.range);
    const text = base.slice(one.range.start, one.range.end);
    yield { path: file.path, range, from: `${one.name} ${route}`, to: undefined, kind: 'handlers', text };
  }
}

function routeAt(path: string, input: RuleInput): FileRoute | undefined {
  return fileRouteOf(path, (name) => depends(path, name, input));
}

/** The nearest package.json above the file that names a dependency at all decides. */
function depends(path: string, name: string, input: RuleInput): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const text = input.text(folder === '' ? 'package.json' : `${folder}/package.json`);
    if (text?.includes(`"${name}"`)) return true;
    if (folder === '') return false;
  }
}

function isRedirected(route: string, { change }: RuleInput): boolean {
  const start = route.replace(/\/\[.*$/, '');
  if (start.length < 2) return false;
  return [...(change?.files ?? []), ...(change?.others ?? [])].some(
    ({ now }) => now?.includes(start) && /redirect|rewrite/i.test(now),
  );
}
