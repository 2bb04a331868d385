import { ts } from 'ts-morph';
import type { TextEdit } from '../core/source-change.ts';
import { edit, slotBefore } from './layout.ts';
import { type Site, Unfit } from './site.ts';
import { ancestor, functionName, isFunction } from './syntax.ts';

export function isHookName(name: string): boolean {
  return /^use[A-Z]/.test(name);
}

/** The body of the component or hook around a place: the only function in which hooks may be called. */
export function componentBody(site: Site): ts.Block | Unfit {
  for (let fn = ancestor(site.run.owner, isFunction); fn !== undefined; fn = ancestor(fn.parent, isFunction)) {
    const name = functionName(fn);
    const { body } = fn;
    if (name === undefined || body === undefined || !ts.isBlock(body)) continue;
    if (ts.isClassElement(fn)) continue;
    if (/^[A-Z]/.test(name) || isHookName(name)) return body;
  }
  return new Unfit('a hook can be called only in a component or in another hook');
}

/**
 * Puts `const local = expression` at the top of a component, behind `after` (a statement of its body) when that comes
 * before the run.
 */
export function insertAtTop(body: ts.Block, line: string, after: ts.Node | undefined, site: Site): TextEdit {
  const { file, style } = site;
  const behind = after === undefined ? -1 : body.statements.findIndex((s) => s.pos <= after.pos && after.end <= s.end);
  const first = body.statements[site.run.from];
  const limit =
    site.run.owner === body
      ? first === undefined
        ? body.statements.length
        : site.run.from
      : body.statements.findIndex((s) => s.pos <= site.run.owner.pos && site.run.owner.end <= s.end);
  let index = behind >= 0 && behind < limit ? behind + 1 : 0;
  if (index === 0) while (isDirective(body.statements[index])) index++;
  const slot = slotBefore(body, index, file, style);
  return edit(
    slot.at,
    slot.before + line + slot.after,
    'wrap',
    'Read the flag at the top of the component, where hooks belong',
  );
}

/** A local name for a flag that no identifier of the file has: `onNewCheckout`. */
export function localFor(key: string, site: Site): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const base = `on${words.map(capitalised).join('')}`;
  const taken = new Set<string>(site.file.text.match(/[A-Za-z_$][\w$]*/g) ?? []);
  if (base !== 'on' && !taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base === 'on' ? 'onFlag' : base}${number}`)) number++;
  return base === 'on' && !taken.has('onFlag') ? 'onFlag' : `${base === 'on' ? 'onFlag' : base}${number}`;
}

/** `New` for `new` and `NEW`; `newCheckout` keeps its humps. */
function capitalised(word: string): string {
  const rest = word.slice(1);
  return word[0]!.toUpperCase() + (/[a-z]/.test(word) ? rest : rest.toLowerCase());
}

function isDirective(statement: ts.Statement | undefined): boolean {
  return statement !== undefined && ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
