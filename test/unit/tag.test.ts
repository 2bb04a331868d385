import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import addTag from '../../server/src/fixes/add-tag.ts';
import { worldOf } from './wrap-world.ts';

/** Adds a tag at `«»` and shows the text afterwards with the cursor as `|`. */
function tagged(marked: string, path = 'src/a.ts', kind = 'auth'): string {
  const offset = marked.indexOf('«»');
  const text = marked.replace('«»', '');
  const change = addTag.build({ path, offset, kind }, worldOf(new Map([[path, text]])));
  const after = change.files[0] === undefined ? text : changedText(change.files[0])!;
  const at = change.cursor!.offset;
  return `${after.slice(0, at)}|${after.slice(at)}`;
}

describe('add delivery tag', () => {
  it('stands above the statement, in its indentation', () => {
    assert.equal(
      tagged('function a() {\n  if (b) {\n    call(«»5000);\n  }\n}\n'),
      'function a() {\n  if (b) {\n    // @risk(auth): |\n    call(5000);\n  }\n}\n',
    );
  });

  it('stands above the declaration when its name is meant', () => {
    assert.equal(
      tagged('export function «»a() {\n  b();\n}\n'),
      '// @risk(auth): |\nexport function a() {\n  b();\n}\n',
    );
  });

  it('keeps tabs and line endings', () => {
    assert.equal(
      tagged('class A {\r\n\tm() {\r\n\t\tr«»un();\r\n\t}\r\n}\r\n'),
      'class A {\r\n\tm() {\r\n\t\t// @risk(auth): |\r\n\t\trun();\r\n\t}\r\n}\r\n',
    );
  });

  it('stands above decorators, below JSDoc', () => {
    assert.equal(
      tagged('class A {\n  /** Does. */\n  @Guard()\n  @Log()\n  me«»thod() {}\n}\n'),
      'class A {\n  /** Does. */\n  // @risk(auth): |\n  @Guard()\n  @Log()\n  method() {}\n}\n',
    );
  });

  it('goes below comments that explain, and above comments that speak to a tool about the next line', () => {
    assert.equal(
      tagged('// Why.\n// eslint-disable-next-line no-eval\ne«»val(x);\n'),
      '// Why.\n// @risk(auth): |\n// eslint-disable-next-line no-eval\neval(x);\n',
    );
  });

  it('stands above the statement that returns JSX', () => {
    assert.equal(
      tagged('const A = () => {\n  return (\n    <p>\n      {us«»er}\n    </p>\n  );\n};\n', 'src/a.tsx'),
      'const A = () => {\n  // @risk(auth): |\n  return (\n    <p>\n      {user}\n    </p>\n  );\n};\n',
    );
  });

  it('finds the statement whose line it is, where another starts in the middle of it', () => {
    assert.equal(tagged('if (a) { r«»un(); }\n'), '// @risk(auth): |\nif (a) { run(); }\n');
  });

  it('moves only the cursor where the tag stands already', () => {
    assert.equal(tagged('// @risk(auth): \nr«»un();\n'), '// @risk(auth): |\nrun();\n');
  });

  it('adds a second tag of another kind', () => {
    assert.equal(tagged('// @risk(time): slow\nr«»un();\n'), '// @risk(time): slow\n// @risk(auth): |\nrun();\n');
  });

  it('does not write into a template literal', () => {
    assert.equal(tagged('const a = `\n  te«»xt\n`;\n'), '// @risk(auth): |\nconst a = `\n  text\n`;\n');
  });

  it('uses the comment of SQL', () => {
    assert.equal(
      tagged('SELECT 1;\nDROP TABLE «»a;\n', 'm.sql', 'contract'),
      'SELECT 1;\n-- @risk(contract): |\nDROP TABLE a;\n',
    );
  });

  it('says where to account for the risk in files without comments', () => {
    assert.throws(
      () => tagged('{«»}', 'package.json'),
      (error) => error instanceof UserError && /Risk: auth - reason/.test(error.message),
    );
  });
});
