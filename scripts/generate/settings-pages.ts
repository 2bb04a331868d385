import { z } from 'zod';

/** `docs/settings.md` and `docs/policy.md`, from the zod schemas. */
export async function settingsPages(): Promise<Map<string, string>> {
  const { settingProperties } = await import('../../server/src/protocol/settings.ts');
  const { policySchema } = await import('../../server/src/policy/schema.ts');
  const rows = Object.entries(settingProperties() as Record<string, Schema>).map(
    ([name, one]) => `| \`${name}\` | \`${JSON.stringify(one.default)}\` | ${cell(one)} |`,
  );
  return new Map([
    [
      'docs/settings.md',
      `<!-- Generated from server/src/protocol/settings.ts: run \`npm run generate\`. -->
# Settings

Settings belong to a person; what belongs to the code is in the [policy](policy.md).

| setting | default | meaning |
| --- | --- | --- |
${rows.join('\n')}
`,
    ],
    [
      'docs/policy.md',
      `<!-- Generated from server/src/policy/schema.ts: run \`npm run generate\`. -->
# The policy: switchyard.jsonc

A file \`switchyard.jsonc\` at the root of a workspace folder. It is optional: everything has a default. Comments and trailing commas
are allowed. VS Code completes it and shows errors at their place; a broken policy keeps the last good one and says so.

| entry | default | meaning |
| --- | --- | --- |
${entries(z.toJSONSchema(policySchema, { io: 'input' }) as Schema, '').join('\n')}
`,
    ],
  ]);
}

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

function entries(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const path = `${prefix}${name}`;
    const inner =
      one.items?.properties !== undefined
        ? entries(one.items, `${path}[].`)
        : typeof one.additionalProperties === 'object'
          ? entries(one.additionalProperties, `${path}.*.`)
          : entries(one, `${path}.`);
    const fallback = one.default === undefined || isEmpty(one.default) ? '' : `\`${JSON.stringify(one.default)}\``;
    return [`| \`${path}\` | ${fallback} | ${cell(one)} |`, ...inner];
  });
}

function cell(schema: {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly unknown[];
}): string {
  const choices = schema.enum ? ` One of ${schema.enum.map((one) => `\`${one}\``).join(', ')}.` : '';
  return `${schema.markdownDescription ?? schema.description ?? ''}${choices}`.replaceAll('|', '\\|');
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
