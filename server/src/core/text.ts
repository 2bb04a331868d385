/** A half-open span of a text, in UTF-16 code units, `start` inclusive and `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A place in a text: line and column, both counted from 0, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which the lines of a text start. `\n`, `\r\n` and a lone `\r` end a line. */
export class LineMap {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 13 && text.charCodeAt(i + 1) === 10) continue;
      if (c === 10 || c === 13) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The offset at which a line starts; past the last line, the length of the text. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** Where an offset lies; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.#starts[mid]! <= at) low = mid;
      else high = mid - 1;
    }
    return { line: low, column: at - this.#starts[low]! };
  }

  /** The offset of a place; places outside the text are clamped to it. */
  offset(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.#starts.length) return this.#length;
    return Math.min(this.lineStart(position.line) + Math.max(0, position.column), this.lineStart(position.line + 1));
  }
}

/** The line maps of files, each made once, when it is asked for. A file that is gone counts as empty. */
export function lineMaps(text: (path: string) => string | undefined): (path: string) => LineMap {
  const maps = new Map<string, LineMap>();
  return (path) => {
    const map = maps.get(path) ?? new LineMap(text(path) ?? '');
    maps.set(path, map);
    return map;
  };
}

export function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The lines of a text that was cut out of a line: its first line lacks the indentation that the others have. */
export function dedentedLines(text: string): string[] {
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  const rest = lines.slice(1).filter((line) => line.trim() !== '');
  const least = Math.min(...rest.map((line) => line.length - line.trimStart().length));
  return lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(Number.isFinite(least) ? least : 0)));
}
