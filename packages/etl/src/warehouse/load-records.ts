import type { TableSchema } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { PostgresSession } from './postgres-session.ts';

/** A table of the database. */
export interface LoadTarget {
  readonly schema: string;
  readonly table: string;
}

/** A file of the lake whose rows are in the table. */
export interface LoadedFile {
  readonly path: string;
  readonly day: string;
  readonly rows: number;
  /** Whether its rows lack the values of a column that the table got later: the day is then replaced. */
  readonly isStale: boolean;
}

/** What earlier loads put into a table. */
export interface LoadRecords {
  /** Whether a load made or filled the table before. */
  readonly isKnown: boolean;
  /** Every file of the lake's commits up to this one was loaded. 0 before the first load has ended. */
  readonly sequence: number;
  /** The run of that commit, which tells lakes apart. */
  readonly runId: string;
  /** The columns of the definition of the last load. */
  readonly columns: readonly LoadedColumn[];
  /** By path. */
  readonly files: ReadonlyMap<string, LoadedFile>;
}

/** A column of the definition of the last load. */
export interface LoadedColumn {
  readonly name: string;
  readonly default?: string;
}

/** The schema of the database that holds the records. */
const recordsSchema = '_headwater';

/**
 * The records of loads are tables of the database itself, so that rows and their record are committed together. `loads` has a row for
 * each table that is loaded, `files` one for each file whose rows are in it.
 */
const statements = `
CREATE SCHEMA IF NOT EXISTS ${recordsSchema};
CREATE TABLE IF NOT EXISTS ${recordsSchema}.loads (
  table_schema text NOT NULL, table_name text NOT NULL, lake text NOT NULL, sequence bigint NOT NULL, run_id text NOT NULL,
  columns jsonb NOT NULL, rows bigint NOT NULL, loaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_schema, table_name)
);
CREATE TABLE IF NOT EXISTS ${recordsSchema}.files (
  table_schema text NOT NULL, table_name text NOT NULL, path text NOT NULL, day date NOT NULL, rows bigint NOT NULL,
  bytes bigint NOT NULL, hash text NOT NULL, is_stale boolean NOT NULL DEFAULT false, loaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_schema, table_name, path)
);`;

/** The records of a table that no load filled. */
export const emptyRecords: LoadRecords = {
  isKnown: false,
  sequence: 0,
  runId: '',
  columns: [],
  files: new Map(),
};

/** Makes the tables of the records where they are missing. */
export async function makeRecords(session: PostgresSession): Promise<void> {
  if (await hasRecords(session)) return;
  await session.transaction(async () => {
    // Loads of two tables may begin at once, and IF NOT EXISTS does not exclude the other.
    await session.rows("SELECT pg_advisory_xact_lock(hashtextextended('headwater records', 0))");
    await session.client.query(statements);
  });
}

/** The records of a table; empty when there are none. */
export async function readRecords(session: PostgresSession, target: LoadTarget): Promise<LoadRecords> {
  if (!(await hasRecords(session))) return emptyRecords;
  const names = [target.schema, target.table];
  const [load] = await session.rows(
    `SELECT sequence, run_id, columns FROM ${recordsSchema}.loads WHERE table_schema = $1 AND table_name = $2`,
    names,
  );
  if (load === undefined) return emptyRecords;
  const files = await session.rows(
    `SELECT path, day::text AS day, rows, is_stale FROM ${recordsSchema}.files WHERE table_schema = $1 AND table_name = $2`,
    names,
  );
  return {
    isKnown: true,
    sequence: Number(load['sequence']),
    runId: String(load['run_id']),
    // As `writeMark` wrote them.
    columns: load['columns'] as readonly LoadedColumn[],
    files: new Map(
      files.map(({ path, day, rows, is_stale: isStale }) => [
        String(path),
        { path: String(path), day: String(day), rows: Number(rows), isStale: isStale === true },
      ]),
    ),
  };
}

async function hasRecords({ rows }: PostgresSession): Promise<boolean> {
  const [row] = await rows(
    `SELECT to_regclass('${recordsSchema}.loads') IS NOT NULL AND to_regclass('${recordsSchema}.files') IS NOT NULL AS found`,
  );
  return row?.['found'] === true;
}

/** How far the table follows the lake. */
export interface LoadMark {
  readonly lake: string;
  readonly sequence: number;
  readonly runId: string;
  readonly definition: TableSchema;
}

/** Records how far a table follows its lake. Call it in a transaction. @returns the rows of the table */
export async function writeMark(
  session: PostgresSession,
  target: LoadTarget,
  mark: LoadMark,
): Promise<number> {
  const columns = mark.definition.columns.map(({ name, default: value }) => ({ name, default: value }));
  const [row] = await session.rows(
    `INSERT INTO ${recordsSchema}.loads (table_schema, table_name, lake, sequence, run_id, columns, rows)
     SELECT $1, $2, $3, $4, $5, $6, coalesce(sum(rows), 0) FROM ${recordsSchema}.files WHERE table_schema = $1 AND table_name = $2
     ON CONFLICT (table_schema, table_name) DO UPDATE SET lake = excluded.lake, sequence = excluded.sequence,
       run_id = excluded.run_id, columns = excluded.columns, rows = excluded.rows, loaded_at = now()
     RETURNING rows`,
    [target.schema, target.table, mark.lake, mark.sequence, mark.runId, JSON.stringify(columns)],
  );
  return Number(row?.['rows']);
}

/** Records that the rows of a file are in the table. Call it in the transaction that copied them. */
export async function addFile(session: PostgresSession, target: LoadTarget, file: DataFile): Promise<void> {
  await session.rows(
    `INSERT INTO ${recordsSchema}.files (table_schema, table_name, path, day, rows, bytes, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [target.schema, target.table, file.path, file.day, file.rows, file.bytes, file.hash],
  );
}

/** Removes the records of the files of some days, or of all. Call it in the transaction that deletes their rows. */
export async function removeFiles(
  session: PostgresSession,
  target: LoadTarget,
  days?: readonly string[],
): Promise<void> {
  const some = days === undefined ? '' : ' AND day = ANY($3::date[])';
  await session.rows(
    `DELETE FROM ${recordsSchema}.files WHERE table_schema = $1 AND table_name = $2${some}`,
    [target.schema, target.table, ...(days === undefined ? [] : [days])],
  );
}

/** Records that the rows of some files lack the values of a new column. Call it in the transaction that adds the column. */
export async function markStale(
  session: PostgresSession,
  target: LoadTarget,
  paths: readonly string[],
): Promise<void> {
  await session.rows(
    `UPDATE ${recordsSchema}.files SET is_stale = true WHERE table_schema = $1 AND table_name = $2 AND path = ANY($3)`,
    [target.schema, target.table, paths],
  );
}
