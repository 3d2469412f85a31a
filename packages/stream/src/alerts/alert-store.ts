import type { CarryStore } from '../windows/carry-store.ts';
import type { OnceStore } from '../windows/once-store.ts';
import type { ShareStore } from '../windows/share-store.ts';
import type { IncidentStore } from './incident-store.ts';

/** Everything that alerts and recommendations keep outside of a process. */
export type AlertStore = IncidentStore & ShareStore & CarryStore & OnceStore;

/** How long a store keeps things. */
export interface AlertStoreOptions {
  /** Seconds within the limit that end an incident; as that of the watcher. Defaults to 1800. */
  readonly quiet?: number;
  /** Seconds between two updates of an incident. Defaults to 300. */
  readonly cooldown?: number;
  /** Days that everything is kept after its last change. Defaults to 7: longer than a record may be delivered again. */
  readonly keepDays?: number;
}

/** The options in milliseconds. */
export const storeRule = ({ quiet = 1800, cooldown = 300, keepDays = 7 }: AlertStoreOptions) => ({
  quiet: quiet * 1000,
  cooldown: cooldown * 1000,
  keep: keepDays * 86_400_000,
});
