import { z } from 'zod';

/**
 * What the commands print with `--format json`. Published as `docs/schema/*.json`: within version 1 fields are added, never taken away
 * or given another meaning.
 */

const file = z.string().describe('Relative to FOLDER, with forward slashes.');
const line = z.int().min(1).describe('Counted from 1.');
const column = z.int().min(1).describe('Counted from 1, in UTF-16 code units.');
const place = { file, line, column };
const span = { ...place, endLine: line, endColumn: column.describe('Of the first character after the span.') };
const count = z.int().min(0);
const version = z.literal(1);

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'info', 'hint']),
  ...span,
  message: z.string(),
  fingerprint: z.string().describe('Stays the same when lines move.'),
  group: z.string().nullable().describe('What a risk is about: the word that a delivery tag names it by.'),
  under: z
    .string()
    .nullable()
    .describe('The fingerprint of the heaviest finding of the same declaration, where this one is not it.'),
  weight: z
    .strictObject({ total: z.number(), explained: z.string() })
    .nullable()
    .describe('Of a risk: the points of its severity times what its place adds or takes.'),
  needs: z.array(z.string()).describe('What the policy requires for such a risk and is not there.'),
  owner: z.string().nullable().describe('Who is to look at it, by the policy.'),
  related: z.array(
    z.strictObject({
      ...place,
      message: z.string(),
      text: z.string().optional().describe('Text that was removed and no longer stands in the file.'),
    }),
  ),
  fixes: z.array(
    z.strictObject({ id: z.string(), title: z.string(), safe: z.boolean().describe('Keeps behaviour for certain.') }),
  ),
});

export const checkOutput = z
  .strictObject({
    version,
    base: z.string().nullable().describe('What was compared with, for a person; null where there is no base.'),
    whyNoBase: z.string().nullable(),
    verdict: z
      .strictObject({
        state: z.enum(['ready', 'needs-a-look', 'not-ready']),
        reasons: z.array(z.string()).describe('Fingerprints of its heaviest findings, at most three.'),
      })
      .describe('What to do with the change, told by its heaviest open finding.'),
    findings: z.array(finding).describe('Open findings, sorted by file, place and rule.'),
    controlled: z
      .array(z.strictObject({ rule: z.string(), ...place, message: z.string(), state: z.string(), by: z.string() }))
      .describe('Risks of this change that are under control, and by what.'),
    suppressed: z
      .array(
        z.strictObject({
          rule: z.string(),
          ...place,
          message: z.string(),
          reason: z.string().describe('As the comment gives it.'),
          fingerprint: z.string(),
        }),
      )
      .describe('Findings that a comment in the source silences; they would be among the findings without it.'),
    summary: z.strictObject({
      errors: count,
      warnings: count,
      infos: count,
      hints: count,
      changedFiles: count.describe('Source files that differ from the base.'),
      changedFunctions: count.describe(
        'Functions and methods that changed or are new, tests and generated code set apart.',
      ),
      underControl: z
        .strictObject({ flagged: count, tagged: count, tested: count })
        .describe('Risks of this change that a flag, a tag or a test accounts for; they are no findings.'),

      outsideChange: count.describe('Findings that only --all prints: outside this change, or mere hints.'),
    }),
  })
  .describe('Output of `switchyard check --format json`.');

const nullable = <T extends z.ZodType>(type: T) => type.nullable();

const flag = z.strictObject({
  key: z.string(),
  health: z.enum(['orphan-read', 'unused', 'constant', 'expired', 'stale', 'live', 'unknown']),
  value: nullable(z.union([z.boolean(), z.number(), z.string()])).describe(
    'The value for everybody; null where it varies or is not known.',
  ),
  reason: z.string(),
  definitions: z.array(
    z.strictObject({
      ...place,
      source: z.string().describe('The format: `flagd`, `typescript-enum`, ...'),
      state: z.string().describe('`true for everybody`, `varies`, or `unknown`.'),
      environments: z
        .array(z.strictObject({ name: z.string(), state: z.string() }))
        .describe('Where the source tells them apart.'),
      variations: z
        .array(z.string())
        .describe('What the flag may yield, where the source lists it, as code writes it.'),
    }),
  ),
  reads: z.array(
    z.strictObject({
      ...place,
      reader: z.string(),
      through: nullable(z.string()).describe(
        'The function of this folder that reads it, where it was found by itself.',
      ),
      inTest: z.boolean(),
    }),
  ),
  owner: nullable(z.string()),
  created: nullable(z.string()).describe('YYYY-MM-DD.'),
  expires: nullable(z.string()).describe('YYYY-MM-DD.'),
  kind: nullable(z.enum(['release', 'experiment', 'operational', 'kill-switch', 'permission'])),
  description: nullable(z.string()),
  age: nullable(
    z.strictObject({
      days: z.int(),
      since: z.string().describe('YYYY-MM-DD.'),
      from: z
        .string()
        .describe('`policy`, the file of a definition, or `git`: the first commit that mentions the key.'),
    }),
  ),
});

export const flagsOutput = z
  .strictObject({
    version,
    flags: z.array(flag).describe('Those that were asked for, in the order that was asked for.'),
    dynamicReads: z
      .array(z.strictObject({ ...place, reader: z.string() }))
      .describe('Reads whose key cannot be known from the source.'),
    readers: z
      .array(z.strictObject({ ...place, name: z.string(), reason: z.string() }))
      .describe('Functions of this folder that were found to read flags with a key that they are given.'),
  })
  .describe('Output of `switchyard flags --format json`.');

const group = z.enum(['fold', 'cleanup', 'tests', 'definition', 'rename', 'wrap', 'tag', 'policy', 'restore']);

export const changeOutput = z
  .strictObject({
    version,
    title: z.string().describe('What was asked for.'),
    complete: z.boolean().describe('False when a place was refused.'),
    types: nullable(
      z.strictObject({
        files: z.int().describe('Files whose errors were compared before and after: none is new.'),
        compilers: z.array(z.string()).describe('`TypeScript 5.9.2 of the workspace`.'),
        unchecked: z
          .array(z.strictObject({ reason: z.string(), files: z.int() }))
          .describe('Files that the change could break and that were not checked, by the reason.'),
        unresolved: z.int().describe('Modules that could not be resolved: types from them are unknown.'),
        withheld: z.int().describe('Places that were refused because an error would have been new.'),
        skipped: nullable(z.string()).describe('Why nothing was checked.'),
      }),
    ).describe('What the type checker says; null where it has no part in it.'),
    written: z.boolean().describe('True when the files on disk were changed.'),
    files: z.array(
      z.strictObject({
        file,
        action: z.enum(['changed', 'created', 'deleted']),
        group: nullable(group).describe('Of a file that is deleted.'),
        reason: nullable(z.string()).describe('Why a file is deleted.'),
      }),
    ),
    edits: z
      .array(
        z.strictObject({
          kind: z.string(),
          group: group.describe('As the preview of the editor shows it: what is done to tests stands apart.'),
          reason: z.string(),
          ...span,
          newText: z.string(),
        }),
      )
      .describe('Edits of files that are changed or created, in the text as it was before.'),
    refused: z
      .array(z.strictObject({ file, line, reason: z.string() }))
      .describe('Places that were left as they were; lines of the file as it is now on disk.'),
  })
  .describe('Output of `switchyard remove` and `switchyard wrap` with `--format json`.');

export type CheckOutput = z.output<typeof checkOutput>;
export type FlagsOutput = z.output<typeof flagsOutput>;
export type FlagOutput = z.output<typeof flag>;

/** JSON schemas by the command whose output they describe. */
export function outputSchemas(): Record<string, unknown> {
  return {
    check: z.toJSONSchema(checkOutput),
    flags: z.toJSONSchema(flagsOutput),
    remove: z.toJSONSchema(changeOutput),
  };
}
