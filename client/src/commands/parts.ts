import type { Server } from '../language-client.ts';
import type { LastRemoval } from '../last-removal.ts';
import type { OverviewStore } from '../overview.ts';

/** What every command may use. */
export interface Parts {
  readonly server: Server;
  readonly store: OverviewStore;
  readonly lastRemoval: LastRemoval;
}
