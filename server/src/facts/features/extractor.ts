import type { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import type { Feature } from '../change-facts.ts';

/** Takes one kind of feature from the nodes of a declaration. Pure: it looks at the node, what is around it, and the file's constants. */
export interface Extractor {
  /** A declaration whose text does not match holds none, and is not looked at: what keeps forty rules as fast as four. */
  readonly mentions: RegExp;
  /** Features that start at this very node. Called for every node of a declaration, types left out. */
  take(node: ts.Node, at: ExtractorPlace): readonly Feature[];
  /** What of the rest of its file a feature depends on, bodies of functions included; for telling when it has to be taken anew. */
  context?(file: ts.SourceFile): string;
}

export interface ExtractorPlace {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
}
