import type { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import type { Feature, FeatureKind } from '../change-facts.ts';
import type { Skip } from '../normal-tokens.ts';

/** Takes one kind of feature from the nodes of a declaration. Pure: it looks at the node, what is around it, and the file's constants. */
export interface Extractor {
  /** A declaration whose text does not match holds none, and is not looked at: what keeps forty rules as fast as four. */
  readonly mentions: RegExp;
  /** The kinds that only this extractor takes, where somebody looks for them in files that hardly changed. */
  readonly kinds?: readonly FeatureKind[];
  /** The kinds of nodes that it may take something from: the others are not shown to it. */
  readonly nodes: readonly ts.SyntaxKind[];
  /** Features that start at this very node. Called for nodes of those kinds in a declaration, types left out. */
  take(node: ts.Node, at: ExtractorPlace): readonly Feature[];
  /** What bodies of functions say of the file's constants, a name at the end of each: for telling when a feature has to be taken anew. */
  says?(file: ts.SourceFile): readonly string[];
}

export interface ExtractorPlace {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
  /** Nodes that belong to another declaration. */
  readonly skip: Skip;
}
