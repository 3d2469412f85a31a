import { HeadwaterError } from '@headwater/core';
import { assertFilesReadable, type LakeState, readLakeState } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { assertSameLake } from './assert-same-lake.ts';
import {
  fitPostgresTable,
  type PresentTable,
  readPresentTable,
  type TableFit,
} from './fit-postgres-table.ts';
import { emptyRecords, type LoadRecords, type LoadTarget, readRecords } from './load-records.ts';
import { type LoadStep, planPostgresLoad } from './plan-postgres-load.ts';
import type { PostgresLoadOptions } from './postgres-load-options.ts';
import type { PostgresSession } from './postgres-session.ts';

/** A lake, a table, and the steps that make the table equal to the lake. */
export interface LoadPlan {
  readonly state: LakeState;
  readonly records: LoadRecords;
  /** Undefined when the table is to be made. */
  readonly present: PresentTable | undefined;
  readonly fit: TableFit;
  readonly steps: readonly LoadStep[];
}

/** Compares a lake with a table of the database, and changes neither. */
export async function planLoad(
  { table: { schema: definition }, lake, rebuild, dryRun }: PostgresLoadOptions,
  session: PostgresSession,
  store: LakeStore,
  target: LoadTarget,
): Promise<LoadPlan> {
  const state = await readLakeState(store, definition.name);
  if (state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: definition.name });
  assertFilesReadable(definition, state, lake, { engine: 'duckdb' });
  // A load that rebuilds has dropped the table by now; a dry run has not.
  const present = dryRun && rebuild ? undefined : await readPresentTable(session, target);
  if (present === undefined) {
    const steps = planPostgresLoad(definition, state, new Map());
    return { state, records: emptyRecords, present, fit: { added: [], stale: new Set() }, steps };
  }
  const records = await readRecords(session, target);
  await assertSameLake(store, state, present, records, target);
  const fit = fitPostgresTable(definition, state, present, records, target);
  return {
    state,
    records,
    present,
    fit,
    steps: planPostgresLoad(definition, state, records.files, fit.stale),
  };
}
