import type { ts } from 'ts-morph';
import type { ModuleSymbol } from './file-facts.ts';
import { perStatement, topStatementOf } from './per-statement.ts';
import type { Meaning, Scopes } from './scope.ts';

/** What an answer took from outside of its statement: what it asked of the file, and what it was told. */
interface Need {
  readonly name: string;
  readonly meaning: Meaning | 'assigned' | 'mentioned';
  readonly told: readonly Place[];
}

/** A node, told by its place in its statement: a kept answer must not hold on to the tree that it was told from. */
interface Place {
  readonly mark: object | undefined;
  readonly at: number;
  readonly kind: ts.SyntaxKind;
}

const marks = perStatement<object>();

function placeOf(node: ts.Node): Place {
  const statement = topStatementOf(node) as ts.Statement | undefined;
  if (statement === undefined) return { mark: undefined, at: 0, kind: node.kind };
  return { mark: marks(statement, [], () => ({})), at: node.pos - statement.pos, kind: node.kind };
}

interface Answer {
  readonly symbols: ModuleSymbol[];
  readonly needs: readonly Need[];
}

type Answers = Map<ts.Node, Map<string, Answer>>;

const answersBy = perStatement<Answers>();

/** Scopes that note what is asked of them, and the answers to questions about nodes of a file. */
interface Noting {
  readonly scopes: Scopes;
  /** What `derive` tells by those scopes, or what it told of an earlier text of the file. */
  answer(node: ts.Node, kind: string, path: readonly string[], derive: () => ModuleSymbol[]): ModuleSymbol[];
}

/**
 * Keeps what names and expressions derive from with the statement that holds them. An answer holds while its statement is the same node,
 * and all that it asked of the rest of the file is told by the same places in the same statements.
 */
export function answersIn(all: Scopes): Noting {
  let needs: Need[] = [];
  const ofFile = (name: string, meaning: Meaning) => all.lookup(name, all.source, meaning);
  const scopes: Scopes = {
    ...all,
    lookup(name, at, meaning) {
      const found = all.lookup(name, at, meaning);
      // A name that its own statement declares is declared by it again.
      if (found === undefined || found === ofFile(name, meaning)) needs.push({ name, meaning, told: placesOf(found) });
      return found;
    },
    assignments(name) {
      const found = all.assignments(name);
      needs.push({ name, meaning: 'assigned', told: found.map(placeOf) });
      return found;
    },
    references(name, declaration) {
      needs.push({ name: name.text, meaning: 'mentioned', told: all.identifiers(name.text).map(placeOf) });
      return all.references(name, declaration);
    },
    identifiers(name) {
      const found = all.identifiers(name);
      needs.push({ name, meaning: 'mentioned', told: found.map(placeOf) });
      return found;
    },
  };
  const nowAt = (name: string, meaning: Need['meaning']): readonly Place[] => {
    if (meaning === 'assigned') return all.assignments(name).map(placeOf);
    if (meaning === 'mentioned') return all.identifiers(name).map(placeOf);
    return placesOf(ofFile(name, meaning));
  };
  const holds = ({ name, meaning, told }: Need): boolean => {
    const now = nowAt(name, meaning);
    return (
      now.length === told.length &&
      told.every(({ mark, at, kind }, i) => mark === now[i]!.mark && at === now[i]!.at && kind === now[i]!.kind)
    );
  };
  return {
    scopes,
    answer(node, kind, path, derive) {
      const statement = topStatementOf(node) as ts.Statement | undefined;
      if (statement === undefined) return derive();
      const answers = answersBy(statement, [], () => new Map());
      const ofNode = answers.get(node) ?? new Map<string, Answer>();
      answers.set(node, ofNode);
      const question = `${kind} ${path.join('.')}`;
      const known = ofNode.get(question);
      if (known?.needs.every(holds)) return known.symbols;
      needs = [];
      const symbols = derive();
      ofNode.set(question, { symbols, needs });
      return symbols;
    },
  };
}

function placesOf(node: ts.Node | undefined): readonly Place[] {
  return node === undefined ? [] : [placeOf(node)];
}
