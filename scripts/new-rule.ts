/** `npm run new-rule -- risk/retry-changed`: writes the stubs of a rule, its file and its fixture, and the generated files. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const id = process.argv[2] ?? '';
if (!/^(flags|risk|tests|tags)\/[a-z][a-z0-9-]*$/.test(id))
  fail('Name the rule as family/name: npm run new-rule -- risk/retry-changed');

const rule = path.join(root, 'server/src/rules', `${id}.ts`);
const fixture = path.join(root, 'test/fixtures/rules', `${id}.md`);
for (const file of [rule, fixture]) if (fs.existsSync(file)) fail(`${path.relative(root, file)} exists already`);

fs.writeFileSync(
  rule,
  `import { defineRule } from '../rule.ts';

export default defineRule<{ readonly name: string }>({
  id: '${id}',
  title: 'What it finds, as a noun phrase',
  why: 'Why it matters, in one or two sentences.',
  severity: 'warning',
  scope: 'change',
  *check(input) {
    for (const { path, base, now } of input.pairs) {
      if (!base || !now || base.normal === now.normal) continue;
      yield { path, range: now.nameRange, subject: now.id, data: { name: now.name } };
    }
  },
  message: ({ data }) => \`'\${data.name}' changed.\`,
});
`,
);
fs.writeFileSync(
  fixture,
  `# ${id}

What it finds, and when it stays silent, for the rule's page.

## a changed function

\`\`\`ts base src/a.ts
export function total() {
  return 1;
}
\`\`\`

\`\`\`ts src/a.ts
export function total() {
                ^^^^^ ${id}: 'total' changed
  return 2;
}
\`\`\`

## silent: formatting

\`\`\`ts base src/a.ts
export function total() { return 1; }
\`\`\`

\`\`\`ts src/a.ts
export function total() {
  return 1;
}
\`\`\`
`,
);
const run = spawnSync(process.execPath, ['--import=tsx', 'scripts/generate.ts'], { cwd: root, stdio: 'inherit' });
console.log(`wrote ${path.relative(root, rule)} and ${path.relative(root, fixture)}
Now edit both. The fixture runs with: npm test -- --only unit --grep ${id}`);
process.exitCode = run.status ?? 1;

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
