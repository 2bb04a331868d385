type Yaml = typeof import('yaml');

let loaded: Yaml | undefined;

/** Loads the YAML parser, once: whoever collects or edits definitions in YAML awaits it before. Folders without YAML never do. */
export async function loadYamlParser(): Promise<void> {
  loaded ??= await import('yaml');
}

/** The parser. @throws Error when nobody loaded it. */
export function yamlParser(): Yaml {
  if (!loaded) throw new Error('The YAML parser was not loaded: await loadYamlParser() first.');
  return loaded;
}
