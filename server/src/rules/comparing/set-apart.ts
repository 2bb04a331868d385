const folders =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|__generated__|tests?|e2e|fixtures?|mocks?|stories|generated|dist|build|out|vendor|third_party|cypress|playwright|testing|examples?|_?(?:playwright|cypress|e2e|end-to-end|integration|acceptance|functional|smoke|ui|unit|visual)[-_]tests?)\//i;
const names = /\.(?:d\.[cm]?ts|(?:test|spec|stories|story|mock|fixture|generated|gen|min)\.[cm]?[jt]sx?)$/i;
const tooling =
  /(?:^|\/)(?:[^/]+\.config\.[cm]?[jt]s|\.[^/]*rc\.[cm]?js|(?:gulp|grunt)file\.[cm]?[jt]s|(?:webpack|rollup|rspack|esbuild|vite|babel)\.[^/]+\.[cm]?[jt]s)$|(?:^|\/)seed(?:er)?s?\.[cm]?[jt]s$|(?:^|\/)(?:scripts?|tools?|bench|benchmarks?|migrations?|seeds?|\.github|\.storybook)\//i;

/** Tests, fixtures, mocks, stories, generated code, declaration files and build output: no behaviour that reaches a user. */
export function isSetApart(path: string): boolean {
  return folders.test(path) || names.test(path);
}

/** Configuration of tools, build scripts and migrations: they run, but nobody writes unit tests for them. */
export function isTooling(path: string): boolean {
  return tooling.test(path);
}
