/**
 * ESLint over a folder with one rule that needs nothing but syntax: calls of a method that reads a flag. Prints one JSON object.
 * Usage: eslint.mjs FOLDER
 */
const [folder] = process.argv.slice(2);
const start = performance.now();
const { ESLint } = await import('eslint');
const parser = await import('@typescript-eslint/parser');
const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: {
    files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      'no-restricted-syntax': [
        'warn',
        { selector: 'CallExpression[callee.property.name=/^get\\w+Value$/]', message: 'read' },
      ],
    },
  },
  // Those of the folder would load rules of their own.
  allowInlineConfig: false,
});
const results = await eslint.lintFiles(['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}']);
const ms = performance.now() - start;
console.log(
  JSON.stringify({
    ms,
    files: results.length,
    found: results.reduce((sum, one) => sum + one.messages.filter((message) => message.ruleId !== null).length, 0),
    rssMb: Math.round(process.memoryUsage().rss / 1048576),
    version: ESLint.version,
  }),
);
