import { Parser } from 'htmlparser2';
import type { TextRange } from '../core/text.ts';

/** The scripts of a Vue, Svelte or Astro file. */
export interface ScriptText {
  /**
   * As long as the file's text, line breaks kept: blanks stand for everything that is no script, so that every offset is one of
   * the file. Blocks end with `;`, in the place of the tag that follows.
   */
  readonly text: string;
  /** What the blocks are written in, as the ending of a file: `js` may hold JSX. */
  readonly language: 'js' | 'ts' | 'tsx';
  /** Blocks that run for each instance of the component, or for each request; the others run once, when the module is loaded. */
  readonly instances: readonly TextRange[];
}

interface Block extends TextRange {
  readonly language: ScriptText['language'];
  readonly instance: boolean;
}

type Attributes = Readonly<Record<string, string>>;

/**
 * The scripts of a file, found as HTML has them: a block ends at the first `</script`, wherever that stands. Templates and
 * expressions in markup are no scripts.
 * @param path tells the kind of file by its ending
 */
export function scriptTextOf(path: string, text: string): ScriptText {
  const blocks = path.endsWith('.astro') ? astroBlocks(text) : taggedBlocks(path, text, 0);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of blocks) {
    parts.push(blank(text, at, start), text.slice(start, end));
    at = end;
    if (end < text.length && !/[\r\n]/.test(text[end]!)) {
      parts.push(';');
      at++;
    }
  }
  parts.push(blank(text, at, text.length));
  const languages = new Set(blocks.map((block) => block.language));
  return {
    text: parts.join(''),
    language: languages.has('tsx') ? 'tsx' : languages.has('ts') ? 'ts' : 'js',
    instances: blocks.filter((block) => block.instance).map(({ start, end }) => ({ start, end })),
  };
}

function blank(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[^\r\n]/g, ' ');
}

/** The front matter between `---`, which runs for each request or at build time, and scripts for the browser. */
function astroBlocks(text: string): Block[] {
  const open = /^\uFEFF?\s*---/.exec(text);
  if (open === null) return taggedBlocks('.astro', text, 0);
  const start = open[0].length;
  const close = /^[ \t]*---/m.exec(text.slice(start));
  const end = close === null ? text.length : start + close.index;
  const rest = close === null ? text.length : end + close[0].length;
  return [{ start, end, language: 'ts', instance: true }, ...taggedBlocks('.astro', text, rest)];
}

/** The contents of `<script>` elements behind an offset. */
function taggedBlocks(path: string, text: string, from: number): Block[] {
  const blocks: Block[] = [];
  let open: { readonly start: number; readonly attributes: Attributes } | undefined;
  /** The block of a Vue file that is no template, script or style: documentation, translations. Nothing in it is a script. */
  let foreign: string | undefined;
  let depth = 0;
  let ended = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        if (depth === 1 && path.endsWith('.vue') && !/^(?:template|script|style)$/.test(name)) foreign = name;
        if (name === 'script' && foreign === undefined) open = { start: from + parser.endIndex + 1, attributes };
      },
      onclosetag(name, isImplied) {
        depth--;
        if (depth === 0) foreign = undefined;
        if (name !== 'script' || open === undefined) return;
        const { start, attributes } = open;
        open = undefined;
        // Closed by nothing but `/>`, it is empty; by nothing at all, it goes on to the end.
        if (isImplied && !ended) return;
        const end = isImplied ? text.length : from + parser.startIndex;
        if (end > start && isScript(attributes)) blocks.push({ start, end, ...kindOf(path, attributes) });
      },
    },
    { decodeEntities: false, lowerCaseTags: false, lowerCaseAttributeNames: false, recognizeSelfClosing: true },
  );
  parser.write(from === 0 ? text : text.slice(from));
  ended = true;
  parser.end();
  return blocks;
}

/** Data (`application/json`), templates and shaders stand in scripts too. */
function isScript({ type }: Attributes): boolean {
  return (
    type === undefined ||
    /^(?:|module|(?:text|application)\/(?:javascript|typescript|babel|ecmascript)|ts|tsx|jsx)$/.test(type)
  );
}

function kindOf(path: string, attributes: Attributes): Pick<Block, 'language' | 'instance'> {
  const { lang = '' } = attributes;
  const language = /^tsx$/.test(lang)
    ? 'tsx'
    : /^(?:ts|typescript)$/.test(lang) || path.endsWith('.astro')
      ? 'ts'
      : 'js';
  if (path.endsWith('.vue')) return { language, instance: 'setup' in attributes };
  const isModule = 'module' in attributes || attributes.context === 'module';
  return { language, instance: path.endsWith('.svelte') && !isModule };
}
