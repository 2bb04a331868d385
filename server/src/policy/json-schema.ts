import { z } from 'zod';
import type { Rule } from '../rules/rule.ts';
import { policySchema } from './schema.ts';

/** What the schema says of a rule. */
export type RuleSummary = Pick<Rule, 'id' | 'title' | 'why' | 'severity' | 'off'>;

type JsonSchema = Record<string, unknown> & { properties?: Record<string, JsonSchema> };

/**
 * The policy as a JSON schema, for completion, hover and checks inside `switchyard.jsonc`. Settings with a default may be left out.
 * `allowComments` and `allowTrailingCommas` are VS Code's additions to the vocabulary. With `rules`, their ids are completed
 * and explained; without, any name passes.
 */
export function policyJsonSchema(rules?: readonly RuleSummary[]): JsonSchema {
  const schema = z.toJSONSchema(policySchema, { io: 'input' }) as JsonSchema;
  const severities = schema.properties?.rules;
  if (rules !== undefined && severities !== undefined) {
    const { additionalProperties: severity } = severities as { additionalProperties: JsonSchema };
    severities.properties = Object.fromEntries(
      [...rules]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((rule) => [rule.id, { ...severity, description: describe(rule) }]),
    );
    severities.additionalProperties = false;
    delete severities.propertyNames;
  }
  return { ...schema, title: 'Switchyard policy', allowComments: true, allowTrailingCommas: true };
}

function describe(rule: RuleSummary): string {
  const title = rule.title.charAt(0).toUpperCase() + rule.title.slice(1);
  return `${title.replace(/\.$/, '')}. ${rule.why} Default: ${rule.off ? 'off' : rule.severity}.`;
}
