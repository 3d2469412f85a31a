import { HeadwaterError } from '@headwater/core';
import { postgresTableStatements, qualifiedName } from '@headwater/core/internal';
import { readPresentTable, type TableFit } from './fit-postgres-table.ts';
import {
  type LoadRecords,
  type LoadTarget,
  markStale,
  readRecords,
  removeFiles,
  writeMark,
} from './load-records.ts';
import type { PostgresLoadOptions } from './postgres-load-options.ts';
import type { PostgresSession } from './postgres-session.ts';

/** Makes the table, and forgets the files of one that was dropped by hand. */
export async function makePostgresTable(
  options: PostgresLoadOptions,
  session: PostgresSession,
  target: LoadTarget,
): Promise<void> {
  const definition = options.table.schema;
  await session.transaction(async () => {
    for (const statement of postgresTableStatements(definition, options))
      await session.client.query(statement);
    await removeFiles(session, target);
    await writeMark(session, target, { lake: options.lake, sequence: 0, runId: '', definition });
  });
}

/** Adds columns to the table, and records which files have values of them that the table lacks. */
export async function addPostgresColumns(
  { table, lake }: PostgresLoadOptions,
  session: PostgresSession,
  target: LoadTarget,
  { sequence, runId }: LoadRecords,
  { added, stale }: TableFit,
): Promise<void> {
  if (added.length === 0) return;
  await session.transaction(async () => {
    for (const { statement } of added) await session.client.query(statement);
    await markStale(session, target, [...stale]);
    await writeMark(session, target, { lake, sequence, runId, definition: table.schema });
  });
}

/**
 * Drops a table that loads made, for a load that rebuilds it.
 *
 * @throws HeadwaterError `WAREHOUSE_DIVERGED` for a table that no load made, also an empty one: it is somebody else's
 */
export async function dropPostgresTable(session: PostgresSession, target: LoadTarget): Promise<void> {
  const name = qualifiedName(target.schema, target.table);
  const present = await readPresentTable(session, target);
  if (present === undefined) return;
  const { isKnown } = await readRecords(session, target);
  if (!isKnown)
    throw new HeadwaterError('WAREHOUSE_DIVERGED', {
      target: name,
      problem: 'no load made it, so it is not dropped',
      fix: 'Choose another schema for the table, or drop it yourself',
    });
  await session.transaction(async () => {
    await session.client.query(`DROP TABLE ${name}`);
    await removeFiles(session, target);
  });
}
