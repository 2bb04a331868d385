import { severityOf as severityOfWeight, weigh } from '../change/weight.ts';
import type { Finding, RuleId, Severity, Verdict } from '../core/finding.ts';
import { hashText } from '../core/hash.ts';
import type { Policy } from '../policy/schema.ts';
import { exposureOf } from '../rules/comparing/exposure.ts';
import { suppressionOf } from '../rules/comparing/suppressed.ts';
import { accountFor } from '../rules/comparing/under-control.ts';
import type { Evidence, Rule, RuleInput } from '../rules/rule.ts';

/** A rule that threw: its own findings are missing, those of the others are not. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

/** A finding on its way, with the declaration that it stands in: where several stand in one, the heaviest is on top. */
interface Found extends Finding {
  readonly declaration?: string;
}

/** Runs the rules that the policy leaves on. Findings are sorted by path, place and rule. */
export function runRules(
  rules: readonly Rule[],
  input: RuleInput,
): { findings: readonly Finding[]; failures: readonly RuleFailure[] } {
  const findings: Found[] = [];
  const failures: RuleFailure[] = [];
  const silent = new Set<RuleId>();
  for (const rule of [...rules.filter((one) => !one.last), ...rules.filter((one) => one.last)]) {
    const severity = severityOf(rule, input.policy);
    try {
      if (severity === 'off') silent.add(rule.id);
      else
        for (const evidence of rule.check(input, { findings, silent }))
          findings.push(findingOf(rule, evidence, severity, input));
    } catch (error) {
      failures.push({ rule: rule.id, error });
      silent.add(rule.id);
    }
  }
  return { findings: beneathTheHeaviest(withFingerprints(findings.sort(byPlace))), failures };
}

/** A policy's severity is the last word; else a rule's own evidence may differ from the rule, and its place from both. */
function findingOf(rule: Rule, evidence: Evidence<unknown>, severity: Severity | 'policy', input: RuleInput): Found {
  const { group } = rule;
  const account = group && accountFor({ ...rule, group }, evidence, input);
  const said = severity === 'policy' ? (evidence.severity ?? rule.severity) : severity;
  const weight = group && weigh(said, exposureOf(evidence, input));
  const declaration = evidence.compared?.now ?? evidence.declaration;
  const verdict = suppressed(rule, evidence, input, account?.verdict) ?? account?.verdict;
  return {
    rule: rule.id,
    severity: weight && severity === 'policy' ? severityOfWeight(weight) : said,
    scope: rule.scope,
    path: evidence.path,
    range: evidence.range,
    message: rule.message(evidence) + missingWords(verdict),
    related: evidence.related ?? [],
    fixes: [...(rule.fixes?.(evidence) ?? []), ...(account?.fixes ?? [])],
    subject: evidence.subject,
    fingerprint: '',
    ...(verdict && { verdict }),
    ...(group && { group, weight }),
    ...(declaration && declaration.kind !== 'module' && { declaration: declaration.id }),
  };
}

/** The word of a person about this very rule goes before all that accounts for a risk. */
function suppressed(
  rule: Rule,
  { path, range }: Evidence<unknown>,
  input: RuleInput,
  verdict: Verdict | undefined,
): Verdict | undefined {
  const one = suppressionOf(rule.id, { path, range }, input);
  return one && { state: 'suppressed', by: one.reason, at: [one.range, ...(verdict?.at ?? [])] };
}

/** What the policy requires and is not there, as a sentence to put behind the message. */
function missingWords({ missing = [], by }: Partial<Verdict> = {}): string {
  if (missing.length === 0) return '';
  const list = missing.map((one) => `a ${one}`).join(' and ');
  return by === undefined
    ? ` The policy requires ${list} for it.`
    : ` It is ${by}; the policy requires ${list} as well.`;
}

/** Of the open risks of one declaration the heaviest is told, and the others beneath it. */
function beneathTheHeaviest(findings: readonly Found[]): Finding[] {
  const heaviest = new Map<string, Found>();
  const keyOf = ({ path, declaration, verdict }: Found) =>
    declaration === undefined || verdict?.state !== 'open' ? undefined : `${path}\n${declaration}`;
  for (const one of findings) {
    const key = keyOf(one);
    const top = key === undefined ? undefined : heaviest.get(key);
    if (key !== undefined && (!top || precedence(one) > precedence(top))) heaviest.set(key, one);
  }
  return findings.map((one) => {
    const key = keyOf(one);
    const top = key === undefined ? undefined : heaviest.get(key);
    const { declaration: _, ...finding } = one;
    return top && top !== one ? { ...finding, under: top.fingerprint } : finding;
  });
}

/** Of equal weight, what says what is wrong goes before what says that nobody would notice. */
function precedence({ weight, group }: Found): number {
  const isGeneral = group === 'tests' || group === 'size' || group === 'habits';
  return (weight?.total ?? 0) - (isGeneral ? 0.01 : 0);
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
export function withFingerprints<F extends Finding>(findings: readonly F[]): F[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const name = `${finding.rule}\n${finding.path}\n${finding.subject}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { ...finding, fingerprint: hashText(`${name}\n${count}`) };
  });
}
