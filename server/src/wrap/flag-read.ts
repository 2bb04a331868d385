import { ts } from 'ts-morph';
import { dirname } from '../core/paths.ts';
import type { TextEdit } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';
import type { FlagRead } from '../flags/flag.ts';
import { copyRead } from './copied-read.ts';
import { componentBody, insertAtTop, localFor } from './hooks.ts';
import { edit } from './layout.ts';
import { policyRead } from './policy-read.ts';
import { type RawRead, type Site, Unfit } from './site.ts';
import { ancestor, isAsync, isFunction } from './syntax.ts';

/** How the flag is read at a site. */
export interface PlannedRead {
  /** The expression that is true when the flag is on. */
  readonly expression: string;
  /** Imports and hook calls that it needs. */
  readonly edits: readonly TextEdit[];
  /** How the key stands in the text, for placing the cursor. */
  readonly keyText: string;
}

const example =
  '"flags": { "wrap": { "read": "flags.isEnabled(\'{key}\')", "import": "import { flags } from \'./src/flags\';" } }';

/**
 * How to read a boolean flag at a site: as the policy says, else like the nearest read that can be repeated there.
 * @throws UserError that says what to write in the policy
 */
export function planRead(site: Site): PlannedRead {
  const { wrap } = site.world.policy.flags;
  if (wrap !== undefined) {
    const raw = policyRead(wrap.read, wrap.import, site);
    const planned = raw instanceof Unfit ? raw : place(raw, site);
    if (!(planned instanceof Unfit)) return planned;
    throw new UserError(`The policy's flags.wrap.read cannot be used here: ${planned.why}.`);
  }
  const reasons = new Set<string>();
  for (const read of nearestReads(site)) {
    const raw = copyRead(read, site);
    const planned = raw instanceof Unfit ? raw : place(raw, site);
    if (!(planned instanceof Unfit)) return planned;
    if (planned.why !== '') reasons.add(planned.why);
    if (reasons.size >= 40) break;
  }
  const [first] = reasons;
  if (first === undefined)
    throw new UserError(
      `No boolean flag is read in this folder yet, so there is no style to follow. Say how a flag is read in switchyard.jsonc, for example ${example}.`,
    );
  throw new UserError(
    `A flag cannot be read here as it is elsewhere: ${first}. Say how to read one in switchyard.jsonc, for example ${example}.`,
  );
}

/** Turns a read into an expression at the site: awaited, unwrapped, or called at the top of the component. */
function place(raw: RawRead, site: Site): PlannedRead | Unfit {
  const { keyText } = raw;
  if (raw.hook) return placeHook(raw, site);
  if (raw.member !== undefined)
    return { expression: memberOf(raw.expression, raw.member, site), edits: raw.edits, keyText };
  if (!raw.async)
    return { expression: raw.expression + (raw.field === undefined ? '' : `.${raw.field}`), edits: raw.edits, keyText };
  const fn = ancestor(site.run.owner, isFunction);
  if (fn === undefined) return new Unfit('the read has to be awaited, and this code runs at the top of a module');
  if (!isAsync(fn)) return new Unfit('the read has to be awaited, and the function around the selection is not async');
  const awaited = `await ${raw.expression}`;
  return { expression: raw.field === undefined ? awaited : `(${awaited}).${raw.field}`, edits: raw.edits, keyText };
}

function placeHook(raw: RawRead, site: Site): PlannedRead | Unfit {
  const body = componentBody(site);
  if (body instanceof Unfit) return body;
  const semicolon = site.style.semicolons ? ';' : '';
  const pattern = raw.member !== undefined && raw.after !== undefined ? openPattern(raw.after, body) : undefined;
  if (raw.member !== undefined) {
    const plain =
      /^[A-Za-z_$][\w$]*$/.test(raw.member) && site.scopes.resolve(raw.member, site.run.owner) === undefined;
    const local = plain ? raw.member : localFor(site.key, site);
    const element = plain
      ? local
      : `${/^[A-Za-z_$][\w$]*$/.test(raw.member) ? raw.member : JSON.stringify(raw.member)}: ${local}`;
    const added =
      pattern === undefined
        ? insertAtTop(body, `const { ${element} } = ${raw.expression}${semicolon}`, raw.after, site)
        : edit(pattern.elements.at(-1)!.end, `, ${element}`, 'wrap', 'Read the flag where the others are read');
    return { expression: local, edits: [...raw.edits, added], keyText: raw.member };
  }
  const local = localFor(site.key, site);
  const value = raw.expression + (raw.field === undefined ? '' : `.${raw.field}`);
  const added = insertAtTop(body, `const ${local} = ${value}${semicolon}`, raw.after, site);
  return { expression: local, edits: [...raw.edits, added], keyText: raw.keyText };
}

/** The destructuring of a record hook that can take one more element. */
function openPattern(node: ts.Node, body: ts.Block): ts.ObjectBindingPattern | undefined {
  const pattern = ancestor(node, ts.isObjectBindingPattern);
  if (pattern === undefined || pattern.elements.length === 0 || pattern.elements.at(-1)!.dotDotDotToken !== undefined)
    return undefined;
  const statement = ancestor(pattern, ts.isVariableStatement);
  return statement?.parent === body ? pattern : undefined;
}

function memberOf(receiver: string, member: string, site: Site): string {
  return /^[A-Za-z_$][\w$]*$/.test(member)
    ? `${receiver}.${member}`
    : `${receiver}[${site.style.quote}${member}${site.style.quote}]`;
}

/** Reads outside tests, nearest first: same function, same file, then by folder. Two of one shape in one file count once. */
function nearestReads(site: Site): FlagRead[] {
  const at = site.run.owner.statements[site.run.from]?.getStart(site.file) ?? site.run.owner.end;
  const functions: ts.Node[] = [];
  for (let fn = ancestor(site.run.owner, isFunction); fn !== undefined; fn = ancestor(fn.parent, isFunction))
    functions.push(fn);
  const inTests = site.world.inventory;
  const all = [...inTests.flags.values()].flatMap((flag) => flag.reads);
  const here = all.some((read) => read.path === site.path && read.inTest);
  const depth = (read: FlagRead): number => {
    if (read.path !== site.path) return 1000 + distance(site.path, read.path);
    const level = functions.findIndex((fn) => fn.pos <= read.range.start && read.range.end <= fn.end);
    return level < 0 ? 500 : level;
  };
  return all
    .filter((read) => here || !read.inTest)
    .map((read) => ({
      read,
      depth: depth(read),
      gap: read.path === site.path ? Math.abs(read.range.start - at) : read.range.start,
    }))
    .sort(
      (a, b) => a.depth - b.depth || (a.read.path < b.read.path ? -1 : a.read.path > b.read.path ? 1 : a.gap - b.gap),
    )
    .map(({ read }) => read)
    .slice(0, 400);
}

function distance(a: string, b: string): number {
  const from = dirname(a).split('/');
  const to = dirname(b).split('/');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return from.length - same + (to.length - same);
}
