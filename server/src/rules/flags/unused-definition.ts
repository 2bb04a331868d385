import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly path: string;
  readonly at: number;
}

export default defineRule({
  id: 'flags/unused-definition',
  title: 'A flag that is defined and read nowhere',
  why: 'A definition that no code reads looks like a switch, but nothing happens when it is thrown. It clutters every list of flags, and the next reader has to find out that it is dead.',
  severity: 'info',
  scope: 'garden',
  *check({ unused }): Iterable<Evidence<Data>> {
    for (const one of unused)
      yield {
        path: one.path,
        range: one.keyRange,
        subject: one.key,
        data: { key: one.key, path: one.path, at: one.keyRange.start },
      };
  },
  message: ({ data: { key } }) => `Nothing reads the flag '${key}', and no other file mentions it.`,
  fixes: ({ data }) => [
    { id: 'delete-definition', title: `Delete the definition of '${data.key}'`, safe: false, data: { ...data } },
  ],
});
