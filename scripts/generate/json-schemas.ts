import type { Rule } from '../../server/src/rules/rule.ts';

/** The policy's JSON schema (completion and hover inside `switchyard.jsonc`) and those of the command line's JSON. */
export async function jsonSchemas(): Promise<Map<string, string>> {
  const { rules } = (await import('../../server/src/rules/registry.generated.ts')) as { rules: readonly Rule[] };
  const { policyJsonSchema } = await import('../../server/src/policy/json-schema.ts');
  const { outputSchemas } = await import('../../server/src/cli/json.ts');
  const files = new Map([['schemas/policy.schema.json', json(policyJsonSchema(rules))]]);
  for (const [name, schema] of Object.entries(outputSchemas())) files.set(`docs/schema/${name}.json`, json(schema));
  return files;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
