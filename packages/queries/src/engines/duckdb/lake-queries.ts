import type { TableSchema } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { Refresh } from '../../session/lake-engine.ts';
import type { OpenedRollup } from '../../session/opened-rollup.ts';
import type { QueryOptions } from '../../session/query.ts';
import { QuerySlots } from '../common/query-slots.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';
import { duckdbSlots } from './duckdb-slots.ts';
import { LakeSnapshots } from './lake-snapshots.ts';

/** The queries of a lake behind DuckDB: each waits for a slot, then runs on the newest snapshot. */
export class LakeQueries {
  readonly #slots: QuerySlots;
  readonly #snapshots: LakeSnapshots;

  constructor(config: DuckdbEngineConfig, tables: readonly TableSchema[], refresh: Refresh) {
    this.#slots = new QuerySlots('duckdb', duckdbSlots(config));
    this.#snapshots = new LakeSnapshots(config, tables, refresh);
  }

  /** The engine for one query. Its `release` ends what the query holds. */
  async begin({ signal }: QueryOptions = {}): Promise<DuckdbDatabase> {
    const free = await this.#slots.take(signal);
    try {
      const database = await this.#snapshots.lend();
      const release = (): void => {
        database.release?.();
        free();
      };
      return { ...database, release };
    } catch (error) {
      free();
      throw error;
    }
  }

  /** The committed files of a table, or of a quarantine, that a query sees now. It needs no slot. */
  async files(table: string): Promise<readonly DataFile[]> {
    return (await this.#snapshots.look()).files(table);
  }

  /** The rollups of a table that a query sees now. It needs no slot. */
  async rollups(table: string): Promise<readonly OpenedRollup[]> {
    return (await this.#snapshots.look()).rollups(table);
  }

  close(): Promise<void> {
    return this.#snapshots.close();
  }
}
