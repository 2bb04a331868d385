import { ts } from 'ts-morph';
import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import type { FlagDefinition, FlagRead, FlagValue, Inventory, ReadResult } from '../../server/src/flags/flag.ts';
import { type RemovalInput, removeFlags } from '../../server/src/removal/remove-flags.ts';

/**
 * A reader for tests of the removal alone: it takes calls by their name (`flag('k')`, `client.isEnabled('k')`, those of
 * `calls` below), members of `useFlags()`, of `flags` and of `process.env`, keys in `flags.includes('k')`, and elements `<Feature name="k">` as reads, so that these tests depend on no SDK.
 */
export function readsOf(path: string, text: string): FlagRead[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const reads: FlagRead[] = [];
  const records = new Set<string>();
  const add = (key: string, node: ts.Node, keyNode: ts.Node, result: ReadResult): void => {
    const range = { start: node.getStart(file), end: node.end };
    const keyRange = { start: keyNode.getStart(file), end: keyNode.end };
    reads.push({ key, path, range, keyRange, reader: 'test', result, inTest: /\.test\./.test(path) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const result = calls[nameOf(node.expression)];
      const [first] = node.arguments;
      const key = first && keyOf(file, first);
      if (result && first && key !== undefined) add(key, node, first, result);
    }
    if (ts.isVariableDeclaration(node) && node.initializer && isRecordCall(node.initializer)) {
      if (ts.isIdentifier(node.name)) records.add(node.name.text);
      else for (const element of node.name.elements) if (ts.isBindingElement(element)) addBinding(element);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const isRecord = ts.isIdentifier(node.expression) && records.has(node.expression.text);
      if (isRecord || isRecordCall(node.expression))
        add(node.name.text, node, node.name, { kind: 'value', async: false });
    }
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText(file) === 'Feature') {
      const name = node.openingElement.attributes.properties.find((one) => one.name?.getText(file) === 'name');
      if (name && ts.isJsxAttribute(name) && name.initializer && ts.isStringLiteral(name.initializer))
        add(name.initializer.text, node, name.initializer, { kind: 'component' });
    }
    ts.forEachChild(node, visit);
  };
  const addBinding = (element: ts.BindingElement): void => {
    const name = element.propertyName ?? element.name;
    if (!element.dotDotDotToken && ts.isIdentifier(name)) add(name.text, element, name, { kind: 'binding' });
  };
  visit(file);
  return reads;
}

const calls: Readonly<Record<string, ReadResult>> = {
  flag: { kind: 'value', async: false },
  isEnabled: { kind: 'value', async: false },
  variation: { kind: 'value', async: false },
  fetchFlag: { kind: 'value', async: true },
  details: { kind: 'details', field: 'value', async: false },
  fetchDetails: { kind: 'details', field: 'value', async: true },
  useTuple: { kind: 'details', field: '0', async: false },
  useTreatment: { kind: 'details', field: 'treatment.treatment', async: false },
  useSignal: { kind: 'details', field: '()', async: false },
  useFlagRef: { kind: 'details', field: 'current', async: false },
  getFlag: { kind: 'details', field: 'asBoolean()', async: false },
};

function nameOf(callee: ts.Expression): string {
  return ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

function isRecordCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && nameOf(node.expression) === 'useFlags';
}

function keyOf(file: ts.SourceFile, node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isIdentifier(node)) return undefined;
  return new RegExp(`const ${node.text} = '([^']*)'`).exec(file.text)?.[1];
}

/** A workspace of a few files, with the reads that {@link readsOf} finds in them. */
export function workspace(
  files: Readonly<Record<string, string>>,
  definitions: readonly FlagDefinition[] = [],
  facts: (path: string) => FileFacts | undefined = () => undefined,
): RemovalInput {
  const reads = Object.entries(files).flatMap(([path, text]) =>
    /\.[cm]?[jt]sx?$/.test(path) ? readsOf(path, text) : [],
  );
  const keys = new Set([...reads, ...definitions].map((one) => one.key));
  const flags: Inventory['flags'] = new Map(
    [...keys].map((key) => [
      key,
      {
        key,
        definitions: definitions.filter((one) => one.key === key),
        reads: reads.filter((one) => one.key === key),
        health: 'unknown' as const,
        value: undefined,
        lifecycle: { from: {} },
        staleness: [],
      },
    ]),
  );
  return {
    inventory: { flags, readers: [], dynamicReads: [], orphans: new Map(), problems: [] },
    paths: Object.keys(files),
    text: (path) => files[path],
    facts,
  };
}

/** Removes flags from one file. */
export function removeFrom(path: string, text: string, values: Readonly<Record<string, FlagValue>>) {
  const requests = Object.entries(values).map(([key, keep]) => ({ key, keep }));
  return removeFlags(requests, workspace({ [path]: text }));
}
