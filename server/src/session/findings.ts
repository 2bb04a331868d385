import type { Finding, Severity, Verdict } from '../core/finding.ts';
import { hashText } from '../core/hash.ts';
import type { Policy } from '../policy/schema.ts';
import { accountFor } from '../rules/comparing/under-control.ts';
import type { Evidence, Rule, RuleInput } from '../rules/rule.ts';

/** A rule that threw: its own findings are missing, those of the others are not. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

/** Runs the rules that the policy leaves on. Findings are sorted by path, place and rule. */
export function runRules(
  rules: readonly Rule[],
  input: RuleInput,
): { findings: readonly Finding[]; failures: readonly RuleFailure[] } {
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    const severity = severityOf(rule, input.policy);
    if (severity === 'off') continue;
    try {
      for (const evidence of rule.check(input)) findings.push(findingOf(rule, evidence, severity, input));
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return { findings: withFingerprints(findings.sort(byPlace)), failures };
}

/** A policy's severity is the last word; a rule's own evidence may only differ from the rule's default. */
function findingOf(rule: Rule, evidence: Evidence<unknown>, severity: Severity | 'policy', input: RuleInput): Finding {
  const { group } = rule;
  const account = group && accountFor({ ...rule, group }, evidence, input);
  return {
    rule: rule.id,
    severity: severity === 'policy' ? (evidence.severity ?? rule.severity) : severity,
    scope: rule.scope,
    path: evidence.path,
    range: evidence.range,
    message: rule.message(evidence) + (account ? missingWords(account.verdict) : ''),
    related: evidence.related ?? [],
    fixes: [...(rule.fixes?.(evidence) ?? []), ...(account?.fixes ?? [])],
    subject: evidence.subject,
    fingerprint: '',
    ...(account && { verdict: account.verdict }),
  };
}

/** What the policy requires and is not there, as a sentence to put behind the message. */
function missingWords({ missing = [], by }: Verdict): string {
  if (missing.length === 0) return '';
  const list = missing.map((one) => `a ${one}`).join(' and ');
  return by === undefined
    ? ` The policy requires ${list} for it.`
    : ` It is ${by}; the policy requires ${list} as well.`;
}

function severityOf(rule: Rule, policy: Policy): Severity | 'off' | 'policy' {
  return policy.rules[rule.id] ?? (rule.off ? 'off' : 'policy');
}

export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.path, b.path) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compare(a.rule, b.rule) ||
    compare(a.subject, b.subject)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Equal findings of one file are told apart by their order, so that a fingerprint survives moved lines. */
export function withFingerprints(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const name = `${finding.rule}\n${finding.path}\n${finding.subject}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { ...finding, fingerprint: hashText(`${name}\n${count}`) };
  });
}
