import { z } from 'zod';
import { readShape } from './read-shape.ts';

/**
 * The policy, `switchyard.jsonc` at the root of a workspace folder. This schema is the one source: types, defaults, the JSON
 * schema that VS Code completes from, and `docs/policy.md` come from it.
 */

const severity = z.enum(['error', 'warning', 'info', 'hint', 'off']);

const severityLevel = z.enum(['error', 'warning', 'info', 'hint']);

const definitionFile = z.strictObject({
  file: z.string().describe('A path or glob, relative to the workspace folder.'),
  format: z
    .enum([
      'flagd',
      'openfeature-manifest',
      'unleash-export',
      'unleash-features',
      'launchdarkly-file',
      'launchdarkly-rest',
      'launchdarkly-dev-server',
      'growthbook',
      'configcat',
      'flipt',
      'devcycle',
      'azure',
      'firebase',
      'split',
      'gitlab',
      'vercel',
      'eslint-feature-flags',
      'typescript',
    ])
    .optional()
    .describe('Told from the content when left out.'),
  name: z
    .string()
    .optional()
    .describe('For TypeScript: the enum, `as const` object or union type that lists the keys.'),
});

const flagKinds = ['release', 'experiment', 'operational', 'kill-switch', 'permission'] as const;

const lifetime = z.union([z.int().min(1), z.literal('never')]);

const lifecycle = z.strictObject({
  owner: z.string().optional().describe('Who answers for the flag.'),
  created: z.iso.date().optional().describe('When it was created, as YYYY-MM-DD.'),
  expires: z.iso.date().optional().describe('When it should be gone, as YYYY-MM-DD.'),
  kind: z
    .enum(flagKinds)
    .optional()
    .describe('What it is for. Kill switches and permissions are meant to stay: they never go stale.'),
  description: z.string().optional().describe('What it does, in a sentence.'),
});

export const policySchema = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON schema of this file.'),
    base: z
      .string()
      .optional()
      .describe('The branch or ref to compare with. Default: the default branch, found through the remote or by name.'),
    exclude: z
      .array(z.string())
      .default([])
      .describe('Globs of files to leave out, besides ignored files, node_modules and build output.'),
    maxFileSizeKb: z.int().min(1).default(1024).describe('Larger files are left out. In kilobytes.'),
    flags: z
      .strictObject({
        reads: z.array(readShape).default([]).describe('Home-made ways in which this code reads a flag.'),
        inference: z
          .boolean()
          .default(true)
          .describe(
            'Whether functions of this folder that hand a key of their caller on to a flag read count as readers themselves.',
          ),
        notReaders: z
          .array(z.string())
          .default([])
          .describe(
            'Functions that are no readers whatever they do, by name (`useFeature`), dotted where they belong to something (`FlagService.isOn`).',
          ),
        definitions: z
          .array(definitionFile)
          .default([])
          .describe('Files that define flags, besides those that are recognised by their content.'),
        lifecycle: z
          .record(z.string(), lifecycle)
          .default({})
          .describe(
            'Owner, dates and kind of flags, where the definition cannot hold them. By key, or by a glob over keys (`checkout-*`); a key goes before a glob, and a longer glob before a shorter one.',
          ),
        lifetimes: z
          .strictObject({
            release: lifetime.default(40).describe('For release flags.'),
            experiment: lifetime.default(40).describe('For experiments.'),
            operational: lifetime.default(7).describe('For operational flags.'),
          })
          .prefault({})
          .describe(
            'After how many days a flag of a kind is stale, counted from its creation, or "never". Flags without a kind, kill switches and permissions never are.',
          ),
        links: z
          .string()
          .regex(/^https?:\/\/.*\{key\}/, 'an http(s) address with {key} in it')
          .optional()
          .describe(
            "The address of a flag's page, with {key} for its key: `https://app.example.com/features/{key}`. Hovers and definitions link to it.",
          ),
        maxNesting: z
          .int()
          .min(1)
          .default(3)
          .describe(
            'How many flags may decide together whether a piece of code runs, before `flags/nested` speaks up.',
          ),
        wrap: z
          .strictObject({
            read: z
              .string()
              .describe(
                "The expression that reads a boolean flag, with {key} for the key: `flags.isEnabled('{key}')`.",
              ),
            import: z
              .string()
              .optional()
              .describe("An import statement that the expression needs: `import { flags } from '@acme/flags';`."),
          })
          .optional()
          .describe('How "wrap in flag" reads a new flag. Default: as the nearest existing read does.'),
      })
      .prefault({})
      .describe('Feature flags: how they are read and where they are defined.'),
    risk: z
      .strictObject({
        authChecks: z
          .array(z.string())
          .default([])
          .describe('Functions, middleware and decorators that check access, besides those recognised by their names.'),
        criticalPaths: z
          .array(z.string())
          .default([])
          .describe(
            'Globs of files where a fault costs most (`src/payments/**`): what is found there weighs double, and changes there want a flag, a tag or a test.',
          ),
        required: z
          .record(z.string(), z.array(z.enum(['flag', 'tag', 'test'])).min(1))
          .default({})
          .describe(
            'What a risk needs to count as under control, by the name of a rule (`timeout-changed`) or the word of its group (`auth`): `{ "auth": ["tag", "test"] }`. All of the list; any one of the three where nothing is said.',
          ),
        owners: z
          .record(z.string(), z.string())
          .default({})
          .describe(
            'Who is to look at a risk, by globs over files: `{ "src/payments/**": "@acme/payments" }`. Reports name them.',
          ),
        verdict: z
          .strictObject({
            needsALook: severityLevel
              .default('warning')
              .describe('From which severity on an open risk asks for a look.'),
            notReady: severityLevel.default('error').describe('From which severity on an open risk stands in the way.'),
          })
          .prefault({})
          .describe('When a change is *ready*, *needs a look* or is *not ready*: told by its heaviest open risk.'),
      })
      .prefault({})
      .describe('Risky changes.'),
    tests: z
      .strictObject({
        files: z
          .array(z.string())
          .default([])
          .describe('Globs of test files, besides *.test.*, *.spec.*, and files below __tests__, test or tests.'),
      })
      .prefault({})
      .describe('Tests.'),
    rules: z
      .record(z.string(), severity)
      .default({})
      .describe('Severity of rules by id, or "off": `{ "tests/untested-change": "off" }`.'),
  })
  .describe('The policy of Switchyard for this folder.');

export type Policy = z.output<typeof policySchema>;

/** What holds where there is no policy file. */
export const defaultPolicy: Policy = policySchema.parse({});
