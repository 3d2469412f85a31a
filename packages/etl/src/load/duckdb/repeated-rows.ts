import type { DataFile } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { stagedName } from '../staged-name.ts';
import { committedRows } from './committed-rows.ts';
import type { DuckdbRun } from './duckdb-engine.ts';

/** Counts the rows of files of one folder whose duplicate key stands in another of their rows, less one for each key. */
export async function repeatedRows(
  { connection, schema, localPath }: DuckdbRun,
  files: readonly DataFile[],
): Promise<number> {
  const rows = committedRows(schema, files.map(localPath));
  const key = schema.duplicateKey.map((name) => stagedName(schema, name)).join(', ');
  const [counts] = await rowsOf(
    connection,
    `SELECT (SELECT count(*) FROM (${rows})) - (SELECT count(*) FROM (SELECT DISTINCT ${key} FROM (${rows}))) AS repeated`,
  );
  return countOf(counts?.['repeated']);
}
