import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Workspace, workspaceOf } from './source.ts';

/** Packages that ship their TypeScript, with the folder of it. Those that are not installed are left out, and told. */
const packages: readonly (readonly [name: string, folder: string])[] = [
  ['@azure/msal-browser', 'src'],
  ['@azure/msal-common', 'src'],
  ['@azure/msal-node', 'src'],
  ['@supabase/auth-js', 'src'],
  ['@trpc/client', 'src'],
  ['@trpc/server', 'src'],
  ['ajv', 'lib'],
  ['cheerio', 'src'],
  ['htmlparser2', 'src'],
  ['openai', 'src'],
  ['zod', 'src'],
];

const root = fileURLToPath(new URL('../../', import.meta.url));
const application = fileURLToPath(new URL('app/', import.meta.url));

export interface Sources {
  readonly workspaces: readonly Workspace[];
  readonly missing: readonly string[];
}

/** The sources of `node_modules` (or another folder of packages), and an application for what libraries do not hold. */
export function readSources(folder = path.join(root, 'node_modules')): Sources {
  const there = packages.filter(([name]) => fs.existsSync(path.join(folder, name)));
  const missing = packages.filter((one) => !there.includes(one)).map(([name]) => name);
  const workspaces = there.map(([name, sources]) =>
    workspaceOf(
      name,
      new Map([...read(path.join(folder, name), 'package.json'), ...read(path.join(folder, name), sources)]),
    ),
  );
  return { workspaces: [...workspaces, workspaceOf('app', unpacked(read(application, '')))], missing };
}

/** Files below a folder, or one file. Generated ones, declarations and tables of words in many languages stay out. */
function read(base: string, below: string): Map<string, string> {
  const start = path.join(base, below);
  const isFile = fs.statSync(start).isFile();
  const names = isFile ? [''] : (fs.readdirSync(start, { recursive: true }) as string[]);
  const texts = new Map<string, string>();
  for (const name of names.sort()) {
    const file = path.join(start, name);
    const relative = path.relative(base, file).replaceAll(path.sep, '/');
    if (/\.d\.[cm]?ts$|(?:^|\/)(?:locales|node_modules|dist)\//.test(relative)) continue;
    if (!/\.(?:[cm]?tsx?|json|ya?ml|txt)$/.test(relative) || !fs.statSync(file).isFile()) continue;
    const text = fs.readFileSync(file, 'utf8');
    if (text.length < 100_000) texts.set(relative, text);
  }
  return texts;
}

/** The application's files end in `.txt`, so that neither the compiler nor a tool takes them for code of this project. */
function unpacked(texts: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...texts].map(([name, text]) => [name.replace(/\.txt$/, ''), text]));
}
