import type { CarryStore } from '../windows/carry-store.ts';
import type { OnceStore } from '../windows/once-store.ts';
import type { ShareStore } from '../windows/share-store.ts';
import type { SummaryStore } from '../windows/summary-store.ts';
import type { IncidentStore } from './incident-store.ts';

/** Everything that alerts and recommendations keep outside of a process. */
export type AlertStore = IncidentStore & ShareStore & SummaryStore & CarryStore & OnceStore;

/** How long a store keeps things. */
export interface AlertStoreOptions {
  /** Days that everything is kept after its last change. Defaults to 7: longer than a record may be delivered again. */
  readonly keepDays?: number;
}

/** How long things are kept, in milliseconds. */
export const keptFor = ({ keepDays = 7 }: AlertStoreOptions): number => keepDays * 86_400_000;
