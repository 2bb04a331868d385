import fs from 'node:fs';
import path from 'node:path';

/** The lists of rules and fixes, from their folders: adding a file is all it takes. */
export function registries(root: string): Map<string, string> {
  const rules = ['flags', 'risk', 'tests', 'tags'].flatMap((family) =>
    declared(path.join(root, 'server/src/rules', family), 'export default defineRule').map((name) => ({
      name: camelCase(`${family}-${name}`),
      from: `./${family}/${name}.ts`,
    })),
  );
  const fixes = declared(path.join(root, 'server/src/fixes'), 'export default').map((name) => ({
    name: camelCase(name),
    from: `./${name}.ts`,
  }));
  return new Map([
    [
      'server/src/rules/registry.generated.ts',
      `${imports(rules)}import type { Rule } from './rule.ts';\n\n/** Every rule, by id. Generated from the folder: run \`npm run generate\`. */\nexport const rules: readonly Rule[] = [${list(rules)}] as Rule[];\n`,
    ],
    [
      'server/src/fixes/registry.generated.ts',
      `${imports(fixes)}import type { Fix } from './fix.ts';\n\n/** Every fix, by id. Generated from the folder: run \`npm run generate\`. */\nexport const fixes: readonly Fix[] = [${list(fixes)}] as Fix[];\n`,
    ],
  ]);
}

interface Entry {
  readonly name: string;
  readonly from: string;
}

function declared(folder: string, sign: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
    .filter((file) => fs.readFileSync(path.join(folder, file), 'utf8').includes(sign))
    .map((file) => file.slice(0, -3))
    .sort();
}

function imports(entries: readonly Entry[]): string {
  return entries.map(({ name, from }) => `import ${name} from '${from}';\n`).join('');
}

function list(entries: readonly Entry[]): string {
  return entries.map(({ name }) => name).join(', ');
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
