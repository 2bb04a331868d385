import { comparedDeclarations, shownName } from '../comparing/compared.ts';
import { fixesOf } from '../comparing/habits.ts';
import { isTooling } from '../comparing/set-apart.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly shown: string;
  readonly fixes: number;
}

export default defineRule({
  id: 'risk/hotspot',
  title: 'Change where much was mended lately',
  why: 'Where faults were found, more are: a file that took part in many recent fixes is hard to change. A second pair of eyes and a test are worth more there than elsewhere.',
  severity: 'hint',
  scope: 'change',
  group: 'size',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<string>();
    for (const compared of comparedDeclarations(input)) {
      const { path, now, pair } = compared;
      const fixes = fixesOf(pair.basePath, input.history);
      const isCode = now.kind === 'function' || now.kind === 'method' || now.statements.length > 0;
      if (fixes === undefined || !isCode || told.has(path) || isTooling(path)) continue;
      told.add(path);
      yield {
        path,
        range: now.nameRange,
        subject: now.id,
        compared,
        data: { shown: shownName(now), fixes },
      };
    }
  },
  message: ({ data: { shown, fixes } }) =>
    `${shown} changed in a file that took part in ${fixes} fixes of the last six months, more than nearly every other: a test or a second look pays here.`,
});
