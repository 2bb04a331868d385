import assert from 'node:assert/strict';
import { root } from '../../scripts/lib/paths.mjs';
import { filesBelow, type Import, importsOf } from './imports.ts';

/**
 * Who may import whom: the table of docs/architecture.md. A wing may always import itself. After `types:` stand wings of
 * which only types may be imported.
 */
const engines = 'core policy facts flags change rules removal rename wrap testing';
const table: Record<string, string> = {
  client: 'protocol',
  protocol: '',
  core: '',
  policy: 'core types: flags rules',
  facts: 'core',
  flags: 'core facts policy',
  change: 'core facts policy types: flags',
  rules: 'core facts flags change policy types: testing',
  removal: 'core facts flags policy types: fixes',
  rename: 'core facts flags policy types: fixes',
  wrap: 'core facts flags change policy removal types: fixes',
  testing: 'core facts change policy wrap types: fixes',
  fixes: engines,
  typecheck: 'core',
  host: 'core protocol policy typecheck types: facts',
  session: `${engines} fixes host protocol`,
  lsp: 'session core protocol policy flags types: host',
  cli: 'session core protocol policy types: flags host',
};

/** Where a package may be imported: wings, or entry points (`main.ts`), which may reach the system. */
const packages: { readonly name: RegExp; readonly wings: string }[] = [
  { name: /^vscode$|^vscode-languageclient(\/|$)/, wings: 'client' },
  { name: /^vscode-languageserver(-|\/|$)/, wings: 'lsp' },
  { name: /^(typescript|ts-morph|@ts-morph\/.*)$/, wings: 'facts removal wrap testing fixes typecheck' },
  { name: /^node:/, wings: 'host typecheck main' },
];

const files = [...filesBelow(root, 'client/src'), ...filesBelow(root, 'server/src')];
const imports = files.flatMap((file) => importsOf(root, file));

describe('fences', () => {
  it('reads every file of every wing', () => {
    const wings = new Set(files.map(wingOf));
    assert.deepEqual([...wings].sort(), Object.keys(table).sort());
    assert.ok(files.length >= 120, `only ${files.length} files were read`);
    assert.ok(imports.length >= 2 * files.length, `only ${imports.length} imports were found in ${files.length} files`);
  });

  it('hold between the wings', () => {
    assert.deepEqual(imports.filter((i) => i.to !== undefined && !mayImport(i)).map(sentence), []);
  });

  it('hold for packages', () => {
    const broken = imports.filter((i) => {
      if (i.to !== undefined || i.kind === 'type') return false;
      const fence = packages.find(({ name }) => name.test(i.specifier));
      const place = isEntry(i.from) ? [wingOf(i.from), 'main'] : [wingOf(i.from)];
      return fence !== undefined && !place.some((wing) => fence.wings.split(' ').includes(wing));
    });
    assert.deepEqual(broken.map(sentence), []);
  });

  it('keep the vocabulary free of packages', () => {
    const broken = imports.filter((i) => i.to === undefined && wingOf(i.from) === 'core');
    assert.deepEqual(broken.map(sentence), []);
  });

  for (const entry of ['server/src/lsp/main.ts', 'server/src/cli/main.ts'])
    it(`keep the compiler out of what ${entry} loads at its start`, () => {
      const reached = closure(entry);
      assert.ok(reached.size > 20, `only ${reached.size} files were reached`);
      const broken = imports.filter((i) => reached.has(i.from) && i.kind === 'static' && /ts-morph/.test(i.specifier));
      assert.deepEqual(broken.map(sentence), []);
    });

  it('leave no cycle at run time', () => {
    assert.equal(findCycle(), undefined);
  });
});

function wingOf(file: string): string {
  return file.startsWith('client/') ? 'client' : file.split('/')[2]!;
}

function isEntry(file: string): boolean {
  return file.endsWith('/main.ts');
}

function mayImport({ from, to, kind }: Import): boolean {
  if (to!.endsWith('.json')) return isEntry(from);
  const [own, other] = [wingOf(from), wingOf(to!)];
  if (own === other || (isEntry(from) && other === 'host')) return true;
  const [always = '', types = ''] = table[own]!.split('types:');
  return always.split(' ').includes(other) || (kind === 'type' && types.split(' ').includes(other));
}

function sentence({ from, line, specifier, kind }: Import): string {
  return `${from}:${line} imports ${specifier}${kind === 'type' ? ' (types)' : ''}`;
}

function staticImports(file: string): string[] {
  return imports.flatMap((i) => (i.from === file && i.kind === 'static' && i.to !== undefined ? [i.to] : []));
}

function closure(entry: string): Set<string> {
  const reached = new Set([entry]);
  for (const file of reached) for (const next of staticImports(file)) reached.add(next);
  return reached;
}

/** A chain of static imports that ends where it began, as text. */
function findCycle(): string | undefined {
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): string | undefined => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file].join(' -> ');
    if (done.has(file)) return undefined;
    for (const next of staticImports(file)) {
      const cycle = visit(next, [...above, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
