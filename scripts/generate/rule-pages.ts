import fs from 'node:fs';
import path from 'node:path';
import { riskGroups, riskParts } from '../../server/src/core/risk-groups.ts';
import type { Rule } from '../../server/src/rules/rule.ts';

/** A page a rule: what, why, severity, then its fixture, whose examples run as tests. */
export async function rulePages(root: string): Promise<Map<string, string>> {
  const { rules } = (await import('../../server/src/rules/registry.generated.ts')) as { rules: readonly Rule[] };
  const pages = new Map<string, string>();
  for (const rule of rules) {
    const fixture = path.join(root, 'test/fixtures/rules', `${rule.id}.md`);
    pages.set(`docs/rules/${rule.id}.md`, page(rule, fs.readFileSync(fixture, 'utf8')));
  }
  pages.set('docs/rules/README.md', index(rules));
  return pages;
}

function page(rule: Rule, fixture: string): string {
  return `<!-- Generated from the rule and its fixture: run \`npm run generate\`. -->
# ${rule.id}

${rule.title}.

**Why it matters.** ${rule.why}

**Severity:** ${rule.off ? `off, else ${rule.severity}` : rule.severity}. ${scopes[rule.scope]} Change it in the policy: \`"rules": { "${rule.id}": "${rule.off ? rule.severity : 'off'}" }\`.

## Examples

These run as tests. \`^^^\` marks what is found; a \`base\` block is the file before the change; an \`after=...\` block is the file
after that quick fix.

${fixture
  .replace(/^# .*\n+/, '')
  .replace(/^## /gm, '### ')
  .trimEnd()}
`;
}

const scopes = {
  change: 'It speaks about this change: the working tree against its base.',
  broken: 'It is shown wherever it stands, because it is broken today.',
  garden:
    'It is shown in files that the change touches; elsewhere it waits in the *Flags* view (`switchyard check --all`).',
};

function index(rules: readonly Rule[]): string {
  const parts = [
    ...riskParts.map((part) => ({ part, mine: rules.filter(({ group }) => group && riskGroups[group].part === part) })),
    { part: 'Flags', mine: rules.filter(({ id }) => id.startsWith('flags/')) },
    { part: 'Tags and suppressions', mine: rules.filter(({ id }) => id.startsWith('tags/')) },
  ];
  return `<!-- Generated from the rules: run \`npm run generate\`. -->
# Rules

${parts.map(({ part, mine }) => `## ${part}\n\n${table(mine)}`).join('\n\n')}

*change*: this change against its base ([how it is compared](../change-risk.md)). *broken*: what is broken today, wherever it stands. *garden*: dead weight, shown in
files that the change touches and in the *Flags* view.
`;
}

function table(rules: readonly Rule[]): string {
  const rows = rules.map(
    (rule) => `| [${rule.id}](${rule.id}.md) | ${rule.title} | ${rule.off ? 'off' : rule.severity} | ${rule.scope} |`,
  );
  return ['| rule | what it finds | severity | speaks about |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
