import type { EventsTable, InferRow } from '@headwater/core';
import { closeLake, createLake, type Lake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll } from 'vitest';
import { type MadeLake, makeLake } from './made-lake.ts';

/** A lake with these rows for all tests of a file. */
export function withLake<Table extends EventsTable>(table: Table, rows: readonly InferRow<Table>[]) {
  let made: MadeLake | undefined;
  let lake: Lake<readonly [Table]> | undefined;
  beforeAll(async () => {
    made = await makeLake();
    await made.commit(table, rows);
    lake = createLake({ tables: [table], engine: duckdbEngine({ lake: made.folder, threads: 2 }) });
  });
  afterAll(async () => {
    if (lake) await closeLake(lake);
    await made?.remove();
  });
  return {
    get lake(): Lake<readonly [Table]> {
      if (!lake) throw new Error('The lake is made before the first test');
      return lake;
    },
    get folder(): string {
      return made?.folder ?? '';
    },
  };
}
