import type { TextRange } from '../../core/text.ts';
import { isChartTemplate, templateLosses } from '../comparing/chart-templates.ts';
import { comparedDocuments } from '../comparing/documents.ts';
import { isValuesFile, valuesLosses } from '../comparing/helm-values.ts';
import { isManifest, type Losses, lossesOf } from '../comparing/manifests.ts';
import { restoringDocument } from '../comparing/remedies.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly name: string;
  readonly losses: readonly string[];
  readonly was: readonly TextRange[];
  readonly came: readonly TextRange[];
}

export default defineRule({
  id: 'risk/manifest-safety',
  title: 'Safety of a deployment weakened',
  why: 'Probes, limits, several replicas and a rolling strategy are what keeps a bad release from taking the service down. Nothing fails when they go, until something else does.',
  severity: 'warning',
  scope: 'change',
  group: 'pipeline',
  *check(input): Iterable<Evidence<Data>> {
    const isWanted = (path: string, text: string) => isDeployed(path) && (isValuesFile(path) || isManifest(path, text));
    const all = [...comparedDocuments(input, isWanted)];
    const found = all.flatMap((documents) =>
      isValuesFile(documents.path)
        ? of(
            documents.path,
            valuesLosses(documents, (word) => isNewIn(word, documents.path, input)),
          )
        : of(documents.path, lossesOf(documents, all)),
    );
    for (const { path, name, losses } of [...found, ...inTemplates(input, new Set(all.map((one) => one.path)))]) {
      const [first] = losses;
      if (!first) continue;
      yield {
        path,
        range: first.range,
        subject: name,
        related: losses.map(({ range, text }) => ({ path, range, message: 'It was', text })),
        data: {
          name,
          losses: losses.map(({ what }) => what),
          was: losses.flatMap(({ was }) => was ?? []),
          came: losses.flatMap(({ came }) => came ?? []),
        },
      };
    }
  },
  message: ({ data: { name, losses } }) => {
    const rest = losses.length > 3 ? `, and ${losses.length - 3} more` : '';
    return `${name}: ${losses.slice(0, 3).join(', ')}${rest}. A bad release has less to stop it now.`;
  },
  fixes: ({ path, data: { was, came } }) => restoringDocument(path, was, came),
});

function of(path: string, losses: readonly Losses[]): (Losses & { readonly path: string })[] {
  return losses.map((one) => ({ ...one, path }));
}

function isDeployed(path: string): boolean {
  return /\.ya?ml$/.test(path) && !/^\.github\//.test(path) && !forDevelopment.test(path);
}

/** Those that could not be read as YAML. */
function inTemplates(input: RuleInput, known: ReadonlySet<string>) {
  return (input.change?.others ?? []).flatMap(({ path, base, now }) =>
    base !== undefined && now !== undefined && !known.has(path) && isDeployed(path) && isChartTemplate(path, base)
      ? of(
          path,
          templateLosses({ baseText: base, nowText: now }, (word) => isNewIn(word, path, input)),
        )
      : [],
  );
}

/** Another file of the change speaks of it more often than it did. */
function isNewIn(word: string, except: string, { change }: RuleInput): boolean {
  const count = (text = '') => text.split(word).length;
  return (change?.others ?? []).some(({ path, base, now }) => path !== except && count(now) > count(base));
}

/** What nobody but developers runs. */
const forDevelopment =
  /(?:^|[/._-])(?:dev|devel|development|local|tests?|testing|sandbox|preview|review|ci|e2e|minikube|kind|override|examples?|samples?)(?=[/._-])/i;
