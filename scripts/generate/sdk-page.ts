import type { Shape } from '../../server/src/flags/sdks/sdk.ts';

/** `docs/sdks.md`: every SDK of the catalogue, with its packages and what of them reads a flag. */
export async function sdkPage(): Promise<Map<string, string>> {
  const { sdks } = await import('../../server/src/flags/catalogue.ts');
  const sections = sdks.map(({ name, families }) => {
    const rows = families.map(({ packages, shapes }) => `| ${code(packages, '<br>')} | ${reads(shapes)} |`);
    return `## ${name}\n\n| packages | reads |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  return new Map([
    [
      'docs/sdks.md',
      `<!-- Generated from server/src/flags/sdks: run \`npm run generate\`. -->
# SDKs

These are read without a policy. Which one a call belongs to is told by what it is imported from or by its declared type, never by
its name alone; Angular's directives go by their names. Subpaths of a package count as the package. Functions of your own that hand
a key on are followed; [other ways](flag-shapes.md) to read flags are named in the policy.

${sections.join('\n')}`,
    ],
  ]);
}

/** What reads a flag, by name: components in angle brackets, directives with their star, calls as they are. */
function reads(shapes: readonly Shape[]): string {
  const names = shapes.flatMap((shape) => {
    if (!('names' in shape)) return [];
    if (shape.form === 'component') return shape.names.map((name) => `<${name}>`);
    return shape.form === 'directive' ? shape.names.map((name) => `*${name}`) : shape.names;
  });
  return code([...new Set(names)], ', ');
}

function code(names: readonly string[], between: string): string {
  return names.map((name) => `\`${name}\``).join(between);
}
