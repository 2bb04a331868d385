import { z } from 'zod';

/**
 * The settings: type, default and one sentence each. `package.json` and `docs/settings.md` are generated from this schema.
 * The client sends the `switchyard` section as it is: at start in `InitializationOptions.settings`, then, whenever it changes, as
 * `workspace/didChangeConfiguration` with `{ settings: { switchyard } }`.
 */
const settingsSchema = z.object({
  enable: z
    .boolean()
    .default(true)
    .describe('Run Switchyard in this window. When off, its server does not start.')
    .meta({ scope: 'window' }),
  base: z
    .string()
    .default('')
    .describe(
      "The branch, tag or commit that a change is compared with. Empty: the policy's base, else the repository's default branch.",
    )
    .meta({ scope: 'window' }),
  problems: z
    .enum(['change', 'all'])
    .default('change')
    .describe('What the Problems panel shows. The views always show everything.')
    .meta({
      scope: 'window',
      enumDescriptions: [
        'What this change brings, and flags that are provably broken.',
        'Also dead weight in files that this change does not touch.',
      ],
    }),
  typeCheck: z
    .boolean()
    .default(true)
    .describe(
      "Compare what the type checker says before and after a flag's removal, and leave what would bring a new error. It uses the workspace's own TypeScript where the workspace is trusted.",
    )
    .meta({ scope: 'window' }),
  codeLens: z
    .boolean()
    .default(true)
    .describe('Show reads, age and removal above the definitions of flags.')
    .meta({ scope: 'window' }),
  inlayHints: z
    .boolean()
    .default(false)
    .describe('Show the value behind each read of a flag that is constant for everybody.')
    .meta({ scope: 'window' }),
  removal: z
    .object({
      formatChanges: z
        .boolean()
        .default(false)
        .describe("Format the lines that a flag's removal changes, with the formatter that is chosen for the file.")
        .meta({ scope: 'window' }),
    })
    .prefault({}),
  trace: z
    .object({
      server: z
        .enum(['off', 'messages', 'verbose'])
        .default('off')
        .describe('Write the messages between editor and server to the log, to report a fault.')
        .meta({ scope: 'window' }),
    })
    .prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;

/** Settings from a `switchyard` section as an editor sends it. A wrong value counts as its default, never as an error. */
export function readSettings(section: unknown): Settings {
  const given = typeof section === 'object' && section !== null ? (section as Record<string, unknown>) : {};
  const good: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (schema.safeParse(given[name]).success) good[name] = given[name];
  }
  return settingsSchema.parse(good);
}

/** The JSON schema of each setting by its full name (`switchyard.trace.server`), for `contributes.configuration`. */
export function settingProperties(): Record<string, Record<string, unknown>> {
  const out: Record<string, Record<string, unknown>> = {};
  flatten('switchyard', z.toJSONSchema(settingsSchema, { io: 'input' }) as JsonSchema, out);
  return out;
}

interface JsonSchema {
  [keyword: string]: unknown;
  properties?: Record<string, JsonSchema>;
}

function flatten(name: string, schema: JsonSchema, out: Record<string, Record<string, unknown>>): void {
  if (schema.properties === undefined) out[name] = schema;
  else for (const [key, inner] of Object.entries(schema.properties)) flatten(`${name}.${key}`, inner, out);
}
