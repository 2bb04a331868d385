/**
 * Everything that needs the compiler, behind one dynamic import: a session that starts from its cache answers without ever
 * loading it. Import this module for its types only, and load it with `loadEngine`.
 */
export { isInComment } from '../facts/comment-at.ts';
export { takeChangeFacts } from '../facts/declarations.ts';
export { flagSigns } from '../facts/flag-signs.ts';
export { packChangeFacts, unpackChangeFacts } from '../facts/packed.ts';
export { takeFacts } from '../facts/take-facts.ts';
export { takeTestCases } from '../facts/test-cases.ts';
export { fixes } from '../fixes/registry.generated.ts';
export { loadYamlParser } from '../flags/definitions/yaml-parser.ts';
export { removeFlags } from '../removal/remove-flags.ts';
export { filesToCheck, newProblems, withhold } from '../removal/type-errors.ts';
export { suggestKey, wrapInFlag } from '../wrap/wrap-in-flag.ts';

export type Engine = typeof import('./engine.ts');
