import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { assertFilesReadable, type LakeState, quarantineName } from '@headwater/core/internal';
import type { DamagedFile } from './damaged-files.ts';
import { fileOf, lakeFilesError, type OpenedFiles } from './lake-files-error.ts';
import { deriveQuarantineView } from './quarantine-view.ts';
import { deriveTableView } from './table-view.ts';

/** A table with its state when the lake was opened. */
export interface OpenedTable {
  readonly schema: TableSchema;
  readonly state: LakeState;
}

/**
 * Makes the views of the tables and of their rejected rows. One that cannot be made leaves the others as they are: rejected rows
 * do not follow the definition, so they can be read where the events cannot.
 *
 * @returns the reasons why views are missing, by their names
 */
export async function makeViews(
  connection: DuckDBConnection,
  tables: readonly OpenedTable[],
  opened: OpenedFiles,
): Promise<Map<string, unknown>> {
  const absent = new Map<string, unknown>();
  const { lake, root } = opened;
  for (const { schema, state } of tables) {
    const { name: table } = schema;
    const rejected = quarantineName(table);
    if (state.sequence === 0) {
      const reason = new HeadwaterError('LAKE_NOT_FOUND', { lake, table });
      absent.set(table, reason).set(rejected, reason);
      continue;
    }
    await makeTableView(connection, { schema, state }, opened).catch((reason: unknown) => {
      if (!(reason instanceof HeadwaterError)) throw reason;
      absent.set(table, reason);
    });
    await connection.run(deriveQuarantineView(schema, state, root)).catch((error: unknown) => {
      const path = fileOf(error, opened);
      if (path === undefined) throw error;
      absent.set(rejected, lakeFilesError(error, path, opened));
    });
  }
  return absent;
}

async function makeTableView(
  connection: DuckDBConnection,
  { schema, state }: OpenedTable,
  opened: OpenedFiles,
): Promise<void> {
  const { lake, root } = opened;
  assertFilesReadable(schema, state, lake, { engine: 'duckdb' });
  const damaged: DamagedFile[] = [];
  for (;;) {
    try {
      await connection.run(deriveTableView(schema, state, root, damaged));
      return;
    } catch (error) {
      const path = fileOf(error, opened);
      if (path === undefined) throw error;
      const failure = lakeFilesError(error, path, opened);
      const file = state.files.find((one) => resolve(root, one.path) === path);
      // A file that a later commit replaced needs the new state, not another view.
      if (!file || damaged.some((one) => one.file === file) || failure.code !== 'LAKE_CORRUPT') throw failure;
      damaged.push({ file, problem: error instanceof Error ? error.message : String(error) });
    }
  }
}
