import { isHeadwaterError, type TableSchema } from '@headwater/core';
import { type LakeStore, openLakeStore } from '@headwater/storage';
import type { Refresh } from '../../session/lake-engine.ts';
import { haveMoved, type LastCommits, noteCommits } from '../../session/last-commits.ts';
import { type DuckdbDatabase, type DuckdbLake, openDuckdbDatabase } from './duckdb-database.ts';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';

/** A DuckDB that shows the lake as of one commit. */
interface Snapshot {
  readonly lake: DuckdbLake;
  readonly commits: LastCommits;
  /** Queries that run on it. */
  users: number;
  /** Whether a newer snapshot has replaced it. It is closed when its last query has ended. */
  isRetired: boolean;
}

/**
 * The lake in DuckDB. A query runs on the newest snapshot at its start, and keeps it to its end. After a
 * commit, the next query opens another snapshot; the earlier one is closed when its last query has ended.
 */
export class LakeSnapshots {
  readonly #config: DuckdbEngineConfig;
  readonly #tables: readonly TableSchema[];
  readonly #refresh: Refresh;
  readonly #store: LakeStore;
  #current: Promise<Snapshot> | undefined;

  constructor(config: DuckdbEngineConfig, tables: readonly TableSchema[], refresh: Refresh) {
    this.#config = config;
    this.#tables = tables;
    this.#refresh = refresh;
    this.#store = openLakeStore(config.lake);
  }

  /** The newest snapshot, for one query. `release` says that the query has ended. */
  async lend(): Promise<DuckdbDatabase> {
    let snapshot = await this.#newest();
    // A query that came later may have replaced it meanwhile.
    while (snapshot.isRetired) snapshot = await this.#newest();
    snapshot.users += 1;
    const release = (): void => {
      snapshot.users -= 1;
      closeUnused(snapshot);
    };
    const queryError = (text: string, error: unknown): unknown => {
      const known = snapshot.lake.queryError(text, error);
      // Files that are gone or damaged: the next query opens the lake anew, with what is there then.
      if (isHeadwaterError(known, 'LAKE_CHANGED') || isHeadwaterError(known, 'LAKE_CORRUPT'))
        this.#forget(snapshot);
      return known;
    };
    return { ...snapshot.lake, queryError, release };
  }

  /** The newest snapshot, for a look at its files. */
  async look(): Promise<DuckdbLake> {
    return (await this.#newest()).lake;
  }

  async close(): Promise<void> {
    const closing = await this.#current?.catch(() => undefined);
    this.#current = undefined;
    if (closing) retire(closing);
  }

  async #newest(): Promise<Snapshot> {
    const opened = this.#current;
    if (!opened) return this.#open();
    const snapshot = await opened;
    if (this.#refresh === 'never' || !(await haveMoved(this.#store, snapshot.commits))) return snapshot;
    // Of all queries that found the new commit, the first opens it.
    if (this.#current !== opened) return this.#newest();
    const next = await this.#open();
    retire(snapshot);
    return next;
  }

  #open(): Promise<Snapshot> {
    const before = this.#current;
    const opening = this.#start();
    this.#current = opening;
    opening.catch(() => {
      // A lake that does not exist yet, or cannot be read now, may be readable at the next query.
      if (this.#current === opening) this.#current = before;
    });
    return opening;
  }

  async #start(): Promise<Snapshot> {
    const lake = await openDuckdbDatabase(this.#config, this.#tables);
    const commits = await noteCommits(this.#store, lake.sequences);
    return { lake, commits, users: 0, isRetired: false };
  }

  #forget(snapshot: Snapshot): void {
    const current = this.#current;
    void current?.then((present) => {
      if (present !== snapshot || this.#current !== current) return;
      this.#current = undefined;
      retire(snapshot);
    });
  }
}

function retire(snapshot: Snapshot): void {
  snapshot.isRetired = true;
  closeUnused(snapshot);
}

function closeUnused(snapshot: Snapshot): void {
  if (snapshot.isRetired && snapshot.users === 0) snapshot.lake.close();
}
