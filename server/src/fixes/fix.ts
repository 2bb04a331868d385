import type { Change, DeclarationPair } from '../change/change.ts';
import type { SourceChange } from '../core/source-change.ts';
import type { ChangeFacts } from '../facts/change-facts.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Inventory } from '../flags/flag.ts';
import type { Policy } from '../policy/schema.ts';
import type { TestReach } from '../testing/reach.ts';

/** The workspace folder at one instant, for what rewrites code. Everything is computed before or on demand; nothing changes. */
export interface World {
  readonly policy: Policy;
  readonly inventory: Inventory;
  readonly change: Change | undefined;
  readonly pairs: readonly DeclarationPair[];
  readonly graph: ModuleGraph;
  readonly reach: TestReach;
  /** All analysed files, sorted: source files, definition files, `package.json` files. */
  readonly paths: readonly string[];
  /** Files that are not analysed, but may speak of what a fix changes; only for fixes that look beside. */
  readonly beside?: readonly string[];
  /** The text as it is now, open editors included. */
  text(path: string): string | undefined;
  facts(path: string): FileFacts | undefined;
  changeFacts(path: string): ChangeFacts | undefined;
}

/** Turns what a finding or a person asks for into a source change. One fix a file. */
export interface Fix<Data = unknown> {
  readonly id: string;
  /** It looks into files that are not analysed as well. */
  readonly looksBeside?: true;
  /** @throws UserError where the request cannot be met at all; partial work is told by `refused`. */
  build(data: Data, world: World): SourceChange;
}
