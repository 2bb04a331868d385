import type { FileFacts, ReadSite } from '../../facts/file-facts.ts';
import type { FlagRead } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
}

export default defineRule({
  id: 'flags/read-at-load',
  title: 'A flag that is read once, when its module is loaded',
  why: 'What is read while a module is loaded is read before anybody is known, often before the client is ready, and never again. Switching the flag changes nothing until the program starts anew: a kill switch that does not kill.',
  severity: 'warning',
  scope: 'garden',
  *check({ inventory, facts }): Iterable<Evidence<Data>> {
    for (const { key, reads } of inventory.flags.values())
      for (const read of reads) {
        if (read.inTest || !read.use?.atLoad || runsOnce(read.path)) continue;
        if (!yieldsValue(read) || isFixedByBuild(read, facts(read.path))) continue;
        yield { path: read.path, range: read.range, subject: key, data: { key } };
      }
  },
  message: ({ data: { key } }) =>
    `'${key}' is read once, when this module is loaded: switching it later changes nothing here. Read it where it is needed.`,
});

/** Elements and guards are set up when a module is loaded, and ask for the flag later. */
function yieldsValue({ result }: FlagRead): boolean {
  return result.kind !== 'component' && result.kind !== 'other';
}

/** Configuration and scripts are loaded to be run. */
function runsOnce(path: string): boolean {
  return (
    /(^|\/)(scripts?|bin|tools|cli|\.storybook|benchmarks?|bench|examples?|demos?)\//.test(path) ||
    /\.config\.[cm]?[jt]s$|\.stories\.[cm]?[jt]sx?$/.test(path)
  );
}

/** Variables of the environment, constants of a build and loaded configuration stay as they are while the program runs. */
function isFixedByBuild({ range }: FlagRead, facts: FileFacts | undefined): boolean {
  const holds = (site: ReadSite): boolean =>
    site.form !== 'call' &&
    [site, ...site.members].some((one) => one.range.start <= range.start && one.range.end >= range.start);
  return facts?.reads.some(holds) ?? false;
}
