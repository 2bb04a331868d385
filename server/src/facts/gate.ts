import type { Recipe } from './file-facts.ts';
import { mayHoldMarks } from './marks.ts';

/** How closely a file is looked at. */
export interface Depth {
  /** It is parsed: for imports in any place, exports, constants, tags. Without, only imports at its top are read. */
  readonly parse: boolean;
  /** It may read a flag. */
  readonly reads: boolean;
  /** A client may pass through it: what derives from its imports is told. */
  readonly derives: boolean;
}

const searched: Depth = { parse: false, reads: false, derives: false };

/**
 * Tells by a few searches in the text how closely to look at a file: most files of a workspace say nothing about flags, and
 * a search costs a thirtieth of a parse. A search may let too many files through, but never too few.
 */
export function depthOf(text: string, recipe: Recipe): Depth {
  const { names, everyday, chain } = searchesOf(recipe);
  const derives = chain.test(text);
  // Behind any import of such a file may be a module whose functions are flags.
  const reads =
    (derives && (recipe.modules?.length ?? 0) > 0) || names.test(text) || everyday.some((one) => one.test(text));
  if (reads || derives) return { parse: true, reads, derives };
  const plain = constants.test(text) || passesOn.test(text) || mayHoldMarks(text);
  return plain ? { ...searched, parse: true } : searched;
}

interface Search {
  test(text: string): boolean;
}

interface Searches {
  readonly names: Search;
  /** For names that are everyday words, each with what stands beside it. */
  readonly everyday: readonly Search[];
  readonly chain: RegExp;
}

const searches = new WeakMap<Recipe, Searches>();

function searchesOf(recipe: Recipe): Searches {
  let made = searches.get(recipe);
  if (made === undefined) {
    made = { names: namesSearch(recipe), everyday: everydaySearches(recipe), chain: chainSearch(recipe) };
    searches.set(recipe, made);
  }
  return made;
}

/** A search each for what begins alike: one expression for all of it is four times slower. */
function namesSearch(recipe: Recipe): Search {
  const names = [...recipe.names].filter((name) => !recipe.clues?.has(name));
  const isShort = (name: string) => name.length <= (/^[a-z]/.test(name) ? 9 : 5);
  const isMethod = (name: string) => methods.has(name) && !recipe.learnt?.has(name);
  const short = names.filter(isShort);
  const givers = [...(recipe.props?.values() ?? [])].flat();
  const globs = [...recipe.defines, ...(recipe.functions ?? [])];
  const searches = [
    ...patternOf(
      [...names.filter((name) => !isShort(name)), ...givers].map(escapePattern),
      (all) => `\\b(?:${all})\\b`,
    ),
    ...shortSearch(short.filter((name) => !isMethod(name))),
    ...patternOf(short.filter(isMethod), (all) => `(?<!\\bPromise)\\.(?:${all})${followsName}`),
    ...patternOf(propertiesSearch(recipe), (all) => all),
    ...patternOf(globs.map(globPattern), (all) => String.raw`(?<![\w$])(?:${all})(?![\w$])`),
  ];
  return { test: (text) => searches.some((one) => one.test(text)) };
}

function patternOf(parts: readonly string[], write: (all: string) => string): RegExp[] {
  return parts.length === 0 ? [] : [new RegExp(write(parts.join('|')))];
}

const followsName = String.raw`(?:\s*!?(?:\?\.)?[(<:]|\s+as\s|['"]\])`;

/** Short names (`flag`, `boolean`) are common words: only a call, an element or a renaming of them counts. */
function shortSearch(names: readonly string[]): Search[] {
  return patternOf(names.map(escapePattern), (all) => `(?:${all})${followsName}`).map((pattern) => {
    const each = new RegExp(pattern, 'g');
    return {
      test(text) {
        for (const { index } of text.matchAll(each))
          if (!/(?:[\w$]|Promise\.)$/.test(text.slice(Math.max(0, index - 8), index))) return true;
        return false;
      },
    };
  });
}

function everydaySearches({ names, clues = new Map() }: Recipe): Search[] {
  const asked = [...clues].filter(([name]) => names.has(name));
  const [anyClue] = patternOf([...new Set(asked.flatMap(([, beside]) => beside))].map(escapePattern), (all) => all);
  if (anyClue === undefined) return [];
  const searches = asked.map(([name, beside]): Search => {
    const call = new RegExp(`(?<![\\w$])${escapePattern(name)}\\s*(?:\\?\\.)?[(<]`);
    return { test: (text) => beside.some((one) => text.includes(one)) && call.test(text) };
  });
  return [{ test: (text) => anyClue.test(text) && searches.some((one) => one.test(text)) }];
}

const narrowed = new WeakMap<Recipe, Map<string, Recipe>>();

/** The recipe without the everyday words that can read no flag in a text, and with the props that may hold flags in it. */
export function recipeIn(text: string, recipe: Recipe): Recipe {
  const isHeld = ([, beside]: readonly [string, readonly string[]]) => beside.some((one) => text.includes(one));
  const gone = [...(recipe.clues ?? [])].filter((one) => !isHeld(one)).map(([name]) => name);
  const props = [...(recipe.props ?? [])].filter(isHeld).map(([name]) => name);
  if (gone.length === 0 && props.length === 0) return recipe;
  const id = `${gone.join(' ')}\n${props.join(' ')}`;
  const known = narrowed.get(recipe) ?? new Map<string, Recipe>();
  narrowed.set(recipe, known);
  const made = known.get(id) ?? {
    ...recipe,
    names: new Set([...recipe.names].filter((name) => !gone.includes(name))),
    properties: new Set([...recipe.properties, ...props]),
  };
  known.set(id, made);
  return made;
}

/** Whether calls of a name are in the facts that a recipe asks for, whoever is called. */
export function asksFor(recipe: Recipe, name: string): boolean {
  if (!recipe.names.has(name) || recipe.clues?.has(name)) return false;
  return recipe.learnt?.has(name) === true || !methods.has(name);
}

/** A recipe that asks for more names: of functions that turned out to read flags. Its id stays. */
export function recipeWith(recipe: Recipe, names: ReadonlySet<string>): Recipe {
  if (names.size === 0) return recipe;
  const clues = new Map([...(recipe.clues ?? [])].filter(([name]) => !names.has(name)));
  return { ...recipe, names: new Set([...recipe.names, ...names]), learnt: names, clues };
}

/** Names of methods of clients that everybody else calls functions by: `watch(...)` of Vue. They need an owner. */
const methods: ReadonlySet<string> = new Set(['all', 'on', 'once', 'run', 'watch']);

/**
 * Files through which a client may pass on its way: they import a package of it, or a module that is called after flags.
 * What imports a hook (`./useFlags`) reads flags, but hands no client on. Others are asked for where a client passes.
 */
function chainSearch(recipe: Recipe): RegExp {
  const packages = [...recipe.packages].map(escapePattern);
  const named = packages.length === 0 ? [] : [`['"](?:${packages.join('|')})['"/]`];
  const last = String.raw`(?:[^'"\n]*\/)?(?!use)(?:[\w.-]*(?:unleash|darkly|open-?feature|flag|toggle)[\w.-]*|ld[\w.-]*|features?)['"]`;
  for (const module of recipe.modules ?? [])
    named.push(`['"](?:[^'"\\n]*/)?${escapePattern(module)}(?:/index)?(?:\\.[cm]?[jt]sx?)?['"]`);
  return new RegExp([...named, `(?:\\bfrom|\\brequire\\()\\s*['"]${last}`].join('|'), 'i');
}

/** A place, or what is taken apart or renamed into it: `.features`, `['features']`, `{ features }`, `features[`. */
function propertiesSearch(recipe: Recipe): string[] {
  if (recipe.properties.size === 0) return [];
  const name = `(?:${[...recipe.properties].map(escapePattern).join('|')})`;
  return [
    String.raw`(?:\.\s*|\[\s*['"\x60])${name}(?![\w$-])`,
    String.raw`(?<![\w$.'"\x60/-])${name}\s*(?:[?!]?\.|[?!]?\[|[,:}=!;)&|?]|as\b)`,
  ];
}

/** Matches names of globals that a build puts in; undefined where the recipe asks for none. */
export function definePattern({ defines }: Recipe): RegExp | undefined {
  return defines.length === 0 ? undefined : new RegExp(`^(?:${defines.map(globPattern).join('|')})$`);
}

/** Matches names of functions that are flags themselves; undefined where the recipe asks for none. */
export function functionPattern({ functions = [] }: Recipe): RegExp | undefined {
  return functions.length === 0 ? undefined : new RegExp(`^(?:${functions.map(globPattern).join('|')})$`);
}

/** `*` stands for any part of a name. */
function globPattern(glob: string): string {
  return glob.split('*').map(escapePattern).join(String.raw`[\w$]*`);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

const gap = String.raw`(?:\s|//[^\n]*\n|/\*[\s\S]*?\*/)*`;

/** Exported strings and groups of strings: only these can be a key of another file. */
const constants = new RegExp(
  [
    String.raw`\bexport\s+(?:declare\s+)?(?:const\s+)?enum\s`,
    String.raw`\bexport\s+(?:const|let|var)\s+\w+\s*(?::[^=;{]{1,80})?=\s*['"\x60]`,
    String.raw`\bexport\s+(?:const|let|var)\s+\w+\s*(?::[^=;{]{1,80})?=\s*Object\.freeze`,
    String.raw`\bexport\s+(?:default|(?:const|let|var)\s+\w+\s*(?::[^=;{]{1,80})?=)${gap}\(?\{${gap}(?:['"]?[\w.$-]+['"]?\s*:${gap}['"\x60{]|\.\.\.)`,
    String.raw`\bexport\s+type\s+\w+\s*=\s*\|?\s*['"\x60]`,
    String.raw`\bexport\s+(?:declare\s+)?namespace\b`,
    String.raw`\bstatic\s+(?:readonly\s+)?\w+\s*(?::\s*string\s*)?=\s*['"\x60]`,
  ].join('|'),
);

/** Re-exports and CommonJS exports, which other files' names may go through. */
const passesOn =
  /\bexport\s*[{*=]|\bexport\s+(?:const|let|var)\s*[{[]|\bexport\s+type\s*[{*]|\bmodule\.exports\b|\bexports\.\w|\bexport\s+import\b/;
