import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { type DataFile, packageMissing, qualifiedName, quoteName } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { copyLines, copyLinesSql } from './copy-lines.ts';
import { withLakeFile } from './lake-files.ts';
import type { LoadTarget } from './load-records.ts';
import type { PostgresSession } from './postgres-session.ts';

/** Everything that copies a file of a lake into a table. */
export interface FileCopying {
  readonly definition: TableSchema;
  readonly store: LakeStore;
  readonly connection: DuckDBConnection;
  readonly session: PostgresSession;
  readonly target: LoadTarget;
  /** For downloads. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly onRows: (rows: number) => void;
}

/**
 * Copies the rows of a committed file into the table. PostgreSQL counts what it stored.
 *
 * @throws HeadwaterError `LAKE_CORRUPT` when that is not the number of the manifest
 */
export async function copyFile(copying: FileCopying, file: DataFile): Promise<void> {
  const { definition, store, connection, session, target, folder, signal, onRows } = copying;
  const { from: copyFrom } = await import('pg-copy-streams').catch(
    packageMissing('pg-copy-streams', 'A load into PostgreSQL'),
  );
  const columns = definition.columns.map(({ name }) => quoteName(name)).join(', ');
  const sql = `COPY ${qualifiedName(target.schema, target.table)} (${columns}) FROM STDIN`;
  await withLakeFile(store, file, { folder, signal }, async (path) => {
    const stream = session.client.query(copyFrom(sql));
    const lines = Readable.from(copyLines(connection, copyLinesSql(definition, path), onRows));
    await pipeline(lines, stream, signal ? { signal } : {});
    if (stream.rowCount === file.rows) return;
    const problem = `PostgreSQL stored ${stream.rowCount} rows of it, and the manifest has ${file.rows}`;
    const { name: table } = definition;
    throw new HeadwaterError('LAKE_CORRUPT', { lake: store.location, table, file: file.path, problem });
  });
}
