import { basename, extname } from '../core/paths.ts';

/** Which files are looked at, told from their names and, for minified ones, from their text. */

const sourceEndings = new Set(['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']);
const dataEndings = new Set(['.json', '.jsonc', '.json5', '.flagd', '.split']);
/** Other text in which a flag may be used. Never parsed: searched for a key before that is called unused. */
const mentioningEndings = new Set(
  '.vue .svelte .astro .html .mdx .hbs .ejs .graphql .py .go .java .kt .kts .rb .php .cs .swift .m .rs .dart .scala .ex .exs .sql .yml .yaml .toml .tf .env .sh'.split(
    ' ',
  ),
);
/** Variables of an environment, as a repository keeps them: examples, and values for all. What stays on one machine (`.env`, `.env.local`) is not among them. */
const environment = /^\.env\.(?!(?:[\w.-]*\.)?local$)[\w.-]+$|^env\.(?:example|sample|template)$/;
const declarationFile = /\.d\.([^.]+\.)?[cm]?ts$/;
const minifiedName = /[.-](min|bundle|chunk)\.[cm]?js$/;
const lockFiles = new Set(['package-lock.json', 'npm-shrinkwrap.json']);

/** Folders that never hold code of the workspace: dependencies, build output, tools' own files. */
const foreignFolders = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'vendor',
  'dist',
  'storybook-static',
  '.git',
  '.hg',
  '.svn',
  '.yarn',
  '.pnpm-store',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.angular',
  '.astro',
  '.docusaurus',
  '.turbo',
  '.nx',
  '.cache',
  '.parcel-cache',
  '.vercel',
  '.netlify',
  '.serverless',
  '.wrangler',
  '.expo',
  '.nyc_output',
  '.vscode-test',
]);

/** Build output by their usual names, unless below a `src` folder, where they are names like any other. */
const outputFolders = new Set(['build', 'out', 'coverage']);

/** True for a file that is analysed as source, by its name alone. */
export function isSourceName(path: string): boolean {
  return sourceEndings.has(extname(path)) && !declarationFile.test(path);
}

/** True for a path that is worth a look, by its name and its folders. */
export function isAnalysedPath(path: string): boolean {
  return isAnalysedName(basename(path)) && !isInForeignFolder(path);
}

/** True for a file that is not analysed, but may document a flag, set it, or be taken along by code. */
export function isBesidePath(path: string): boolean {
  const name = basename(path);
  if (isAnalysedName(name) || isInForeignFolder(path)) return false;
  return besideEndings.has(extname(name)) || /^\.env(?:rc|\.|$)|^(?:Docker|Container)file/.test(name);
}

const besideEndings = new Set(
  '.md .markdown .mdown .css .scss .sass .less .styl .pcss .svg .gql .snap .dockerfile .ts .mts .cts'.split(' '),
);

function isAnalysedName(name: string): boolean {
  // `.split`, the file of Split's localhost mode, is all ending.
  const ending = name === '.split' ? name : extname(name);
  if (sourceEndings.has(ending)) return !declarationFile.test(name) && !minifiedName.test(name);
  return (dataEndings.has(ending) && !lockFiles.has(name)) || mentioningEndings.has(ending) || environment.test(name);
}

function isInForeignFolder(path: string): boolean {
  let belowSource = false;
  let from = 0;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
    const folder = path.slice(from, slash);
    if (isForeignFolder(folder, belowSource)) return true;
    if (folder === 'src') belowSource = true;
    from = slash + 1;
  }
  return false;
}

/** True for the name of a folder that is not entered. `belowSource`: a parent folder is called `src`. */
export function isForeignFolder(name: string, belowSource: boolean): boolean {
  return foreignFolders.has(name) || (!belowSource && outputFolders.has(name));
}

/** A source text of some size that stands almost whole in very long lines: made by a program, not to be read. */
export function isMinified(text: string): boolean {
  if (text.length < 4096) return false;
  let long = 0;
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const next = end < 0 ? text.length : end + 1;
    if (next - from > 1000) long += next - from;
    from = next;
  }
  return long > text.length * 0.9;
}
