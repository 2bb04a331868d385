import { ts } from 'ts-morph';
import type { ReadSite, Recipe } from './file-facts.ts';
import { walk } from './parse.ts';
import { directiveSites, mentionsOne } from './templates.ts';

/** Directives in the templates that Angular components of a file hold themselves: `@Component({ template: '...' })`. */
export function inlineTemplates(source: ts.SourceFile, { directives }: Recipe): ReadSite[] {
  if (directives === undefined || !mentionsOne(source.text, directives)) return [];
  const sites: ReadSite[] = [];
  walk(source, (node) => {
    if (!ts.isPropertyAssignment(node) || !isTemplate(node)) return;
    const { initializer } = node;
    const isText = ts.isStringLiteralLike(initializer) || ts.isTemplateExpression(initializer);
    if (!isText) return;
    const start = initializer.getStart(source) + 1;
    sites.push(...directiveSites(source.text.slice(start, initializer.end - 1), start, directives));
  });
  return sites.sort((a, b) => a.range.start - b.range.start);
}

/** The `template` of a component's decorator. */
function isTemplate(node: ts.PropertyAssignment): boolean {
  if (!ts.isIdentifier(node.name) || node.name.text !== 'template') return false;
  const call = node.parent.parent;
  return ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === 'Component';
}
