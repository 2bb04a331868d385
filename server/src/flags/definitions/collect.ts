import { isSourcePath } from '../../core/snapshot.ts';
import type { TextRange } from '../../core/text.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { policyPath } from '../../policy/policy-file.ts';
import type { Policy } from '../../policy/schema.ts';
import type { DefinitionProblem, FlagDefinition, Inventory } from '../flag.ts';
import { withLifecycle } from '../lifecycle.ts';
import { parseData } from './data-tree.ts';
import { entryMatcher, formatOf, formats, isDefinitionCandidate, likelyFormats, type PolicyEntry } from './detect.ts';
import { inEnvironment } from './environment-of-file.ts';
import { unknownState } from './format.ts';
import { certainRegistriesOf, readRegistry, registriesOf } from './typescript-groups.ts';
import { moduleDefinitions } from './typescript-modules.ts';

/** What definitions are read from. */
export interface DefinitionSources {
  /** Data files that may define flags, and those that the policy names. Awaits `loadYamlParser` where one of them is YAML. */
  readonly definitionFiles: Iterable<{ readonly path: string; readonly text: string }>;
  readonly files: ReadonlyMap<string, FileFacts>;
  /** Groups whose members are the key of a read. */
  readonly usedGroups: readonly { readonly path: string; readonly name: string }[];
  readonly policy: Policy;
}

export interface CollectedDefinitions {
  /** Sorted by path and offset. */
  readonly definitions: FlagDefinition[];
  readonly problems: Inventory['problems'];
}

/**
 * All flag definitions of a workspace folder: data files by content or by policy, and registries in TypeScript that the policy
 * names or that reads take their keys from. A broken file becomes a problem; what can be told of it stays, with state unknown.
 */
export function collectDefinitions(sources: DefinitionSources): CollectedDefinitions {
  const { policy } = sources;
  const entries = policy.flags.definitions.map((entry) => ({ entry, matches: entryMatcher(entry), files: 0, read: 0 }));
  const definitions: FlagDefinition[] = [];
  const problems: DefinitionProblem[] = [];
  for (const { path, text } of sources.definitionFiles) {
    const named = entries.filter((one) => one.entry.format !== 'typescript' && one.matches(path));
    for (const one of named) {
      one.files++;
      one.read++;
    }
    if (named.length === 0 && !isDefinitionCandidate(path)) continue;
    const read = readDefinitionFile(path, text, named[0]?.entry);
    definitions.push(...read.definitions);
    problems.push(...read.problems);
  }
  const registries = new Map<string, FlagDefinition[]>();
  const addRegistries = (path: string, name?: string): number => {
    const facts = sources.files.get(path);
    const found = facts ? registriesOf(facts, name) : [];
    for (const one of found) registries.set(`${path}\n${one.name}`, readRegistry(path, one));
    return found.length;
  };
  for (const one of entries) {
    if (one.entry.format !== undefined && one.entry.format !== 'typescript') continue;
    for (const path of sources.files.keys()) {
      if (!isSourcePath(path) || !one.matches(path)) continue;
      one.files++;
      one.read += addRegistries(path, one.entry.name);
    }
  }
  for (const { path, name } of sources.usedGroups) addRegistries(path, name);
  for (const [path, facts] of sources.files)
    for (const one of certainRegistriesOf(facts)) registries.set(`${path}\n${one.name}`, readRegistry(path, one));
  definitions.push(...[...registries.values()].flat(), ...moduleDefinitions(sources.files, policy));
  for (const one of entries) {
    if (one.files === 0) problems.push(noFile(one.entry));
    else if (one.read === 0) problems.push(noRegistry(one.entry));
  }
  return {
    definitions: definitions.map((one) => withLifecycle(one, policy)).sort(byPlace),
    problems: problems.sort(byPlace),
  };
}

interface FileReading {
  readonly definitions: readonly FlagDefinition[];
  readonly problems: readonly DefinitionProblem[];
}

const nothing: FileReading = { definitions: [], problems: [] };

/** Readings by path: an edit elsewhere parses no JSON again. Bounded, because every folder's files share it. */
const readings = new Map<string, { text: string; format: string | undefined; reading: FileReading }>();
const maxReadings = 2000;

function readDefinitionFile(path: string, text: string, entry: PolicyEntry | undefined): FileReading {
  if (!entry && likelyFormats(text, path).length === 0) return nothing;
  const format = entry?.format ?? (entry ? 'any' : undefined);
  const known = readings.get(path);
  if (known && known.text === text && known.format === format) return known.reading;
  const reading = parseDefinitionFile(path, text, entry);
  if (readings.size >= maxReadings) readings.clear();
  readings.set(path, { text, format, reading });
  return reading;
}

function parseDefinitionFile(path: string, text: string, entry: PolicyEntry | undefined): FileReading {
  const { roots, errors } = parseData(path, text);
  const named = formats.find((one) => one.id === entry?.format);
  const likely = entry ? formats : likelyFormats(text, path);
  const read = roots.flatMap((root) => {
    const format = named ?? formatOf(path, root, likely);
    return format ? [format.read(path, root)] : [];
  });
  const error = errors[0];
  if (read.length === 0) {
    if (!entry) return nothing;
    if (error) return { definitions: [], problems: [broken(path, text, error)] };
    return { definitions: [], problems: [unrecognised(path)] };
  }
  const definitions = inEnvironment(path, read.flat());
  if (error) {
    return {
      definitions: definitions.map(({ environments, ...one }) => ({ ...one, state: unknownState })),
      problems: [broken(path, text, error)],
    };
  }
  return { definitions, problems: [] };
}

function broken(
  path: string,
  text: string,
  error: { readonly range: TextRange; readonly sentence: string },
): DefinitionProblem {
  return {
    path,
    range: error.range,
    message: `The flag definitions in ${path} cannot be read in full: ${error.sentence}.`,
    mayDefine: namesIn(text),
  };
}

/** Whatever may be a key in JSON, YAML or a `.split` file: quoted texts, words, and what stands before a colon. */
function namesIn(text: string): string[] {
  const quoted = [...text.matchAll(/"((?:[^"\\\n]|\\.)+)"|'([^'\n]+)'/g)].map((match) => match[1] ?? match[2]!);
  const plain = [...text.matchAll(/[\p{L}\p{N}_$][^\s:"'{}[\],#]*/gu)].map((match) => match[0]);
  const phrases = [...text.matchAll(/^[ \t-]*([^\s"'#-][^:"'\r\n]*?) *:/gm)].map((match) => match[1]!);
  return [...new Set([...quoted, ...plain, ...phrases])];
}

function unrecognised(path: string): DefinitionProblem {
  return {
    path,
    range: { start: 0, end: 0 },
    message: `The policy names ${path} as flag definitions, but its format is not recognised: set "format" in switchyard.jsonc to one of ${formats.map((one) => one.id).join(', ')}.`,
  };
}

/** Policy entries are reported at the top of the policy: the collected policy knows no ranges. */
function noFile(entry: PolicyEntry): DefinitionProblem {
  return policyProblem(`flags.definitions names '${entry.file}', but no such file is analysed.`);
}

function noRegistry(entry: PolicyEntry): DefinitionProblem {
  const what = 'list of flags (an enum, constant object, array, union or interface)';
  return policyProblem(
    entry.name === undefined
      ? `flags.definitions names '${entry.file}', but it declares no ${what}.`
      : `flags.definitions names '${entry.name}' in '${entry.file}', but that declares no ${what} by this name.`,
  );
}

function policyProblem(message: string): DefinitionProblem {
  return { path: policyPath, range: { start: 0, end: 0 }, message };
}

function byPlace(
  a: { readonly path: string; readonly range: TextRange },
  b: { readonly path: string; readonly range: TextRange },
): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start;
}
