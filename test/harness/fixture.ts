import type { Severity } from '../../server/src/core/finding.ts';
import type { History, PastCommit } from '../../server/src/core/history.ts';

/**
 * Reads literate fixtures: Markdown in which a `##` heading is a test, fenced blocks are files, and a line that starts with
 * `^` marks a span of the line above it. The same files become the rules' documentation pages.
 */
export interface Fixture {
  /** The `#` heading: the id of the rule under test, or a title. */
  readonly title: string;
  readonly cases: readonly FixtureCase[];
}

export interface FixtureCase {
  readonly title: string;
  /** The line of its heading, counted from 1. */
  readonly line: number;
  readonly now: ReadonlyMap<string, string>;
  /** Undefined when no block says `base`: there is no git. */
  readonly base: ReadonlyMap<string, string> | undefined;
  readonly marks: readonly Mark[];
  /** What commits before the base touched, from a block `text history`. */
  readonly history: History | undefined;
  /** By fix id, the files after it; `undefined` as text: the file is gone. */
  readonly after: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
}

export interface Mark {
  readonly path: string;
  readonly start: number;
  /** Undefined for `^^^...`: anywhere past the line's end. */
  readonly end: number | undefined;
  readonly rule: string;
  readonly state: 'open' | 'flagged' | 'tagged' | 'tested' | 'suppressed';
  /** Undefined where the case does not care. */
  readonly severity: Severity | undefined;
  readonly message: string;
}

export function parseFixture(markdown: string): Fixture {
  const lines = markdown.split('\n');
  const title =
    lines
      .find((line) => line.startsWith('# '))
      ?.slice(2)
      .trim() ?? '';
  const cases: MutableCase[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (fence) {
      const end = lines.indexOf(fence[1]!, i + 1);
      if (end < 0) throw new Error(`line ${i + 1}: the fenced block has no end`);
      cases.at(-1)?.add(fence[2]!.trim(), lines.slice(i + 1, end), i + 1);
      i = end;
    } else if (line.startsWith('## ')) cases.push(new MutableCase(line.slice(3).trim(), i + 1));
  }
  return { title, cases: cases.map((one) => one.done()) };
}

class MutableCase {
  readonly #now = new Map<string, string>();
  readonly #base = new Map<string, string>();
  readonly #after = new Map<string, Map<string, string | undefined>>();
  readonly #marks: Mark[] = [];
  #history: History | undefined;
  readonly title: string;
  readonly line: number;
  #hasBase = false;

  constructor(title: string, line: number) {
    this.title = title;
    this.line = line;
  }

  /** Info strings: `ts src/a.ts`, `ts base src/a.ts`, `ts base=same src/a.ts`, `ts after=fix-id [deleted] src/a.ts`. */
  add(info: string, body: readonly string[], line: number): void {
    const words = info.split(/\s+/);
    const path = words.at(-1);
    if (info === 'text history') this.#history = { commits: body.flatMap(pastCommits) };
    if (path === undefined || words.length < 2 || info === 'text history') return; // a block of prose, for readers only
    const role = words.length > 2 ? words[1]! : 'now';
    if (role === 'now') this.#now.set(path, this.#takeMarks(path, body, line));
    else if (role === 'base') this.#base.set(path, text(body));
    else if (role === 'base=same') {
      const now = this.#takeMarks(path, body, line);
      this.#now.set(path, now);
      this.#base.set(path, now);
    } else if (role.startsWith('after=')) {
      const fix = role.slice('after='.length);
      const files = this.#after.get(fix) ?? new Map<string, string | undefined>();
      files.set(path, words.includes('deleted') ? undefined : text(body));
      this.#after.set(fix, files);
    } else throw new Error(`line ${line}: '${role}' is none of base, base=same, after=<fix>`);
    this.#hasBase ||= role.startsWith('base');
  }

  #takeMarks(path: string, body: readonly string[], line: number): string {
    const kept: string[] = [];
    let offset = 0;
    let lineStart = 0;
    for (const [index, text] of body.entries()) {
      const mark = /^(\s*)(\^+)(\.\.\.)?\s*(.*)$/.exec(text);
      if (!mark) {
        lineStart = offset;
        offset += text.length + 1;
        kept.push(text);
        continue;
      }
      const told =
        /^([a-z]+\/[a-z-]+)(?: \[(flagged|tagged|tested|suppressed)\])?(?: \((warning|info|hint)\))?(?::\s*(.*))?$/.exec(
          mark[4]!,
        );
      if (!told) throw new Error(`line ${line + index + 1}: a mark reads "^^^ rule/id: part of the message"`);
      const start = lineStart + mark[1]!.length;
      this.#marks.push({
        path,
        start,
        end: mark[3] ? undefined : start + mark[2]!.length,
        rule: told[1]!,
        state: (told[2] as Mark['state'] | undefined) ?? 'open',
        severity: told[3] as Mark['severity'],
        message: told[4] ?? '',
      });
    }
    return text(kept);
  }

  done(): FixtureCase {
    return {
      title: this.title,
      line: this.line,
      now: this.#now,
      base: this.#hasBase ? this.#base : undefined,
      marks: this.#marks,
      history: this.#history,
      after: this.#after,
    };
  }
}

/** `3x 2025-12-30 fix src/a.ts 12, src/b.ts 4`: as many commits of that day, with the lines that they changed. */
function pastCommits(line: string): PastCommit[] {
  const [, times, date, fix, files] = /^(\d+)x (\S+) (fix )?(.*)$/.exec(line) ?? [];
  if (times === undefined) throw new Error(`'${line}' reads "3x 2025-12-30 fix src/a.ts 12, src/b.ts 4"`);
  const touched = files!.split(', ').map((one) => ({ path: one.split(' ')[0]!, lines: Number(one.split(' ')[1]) }));
  return Array.from({ length: Number(times) }, () => ({ date: date!, fix: fix !== undefined, files: touched }));
}

function text(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
