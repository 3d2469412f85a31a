import type { Column, TableSchema } from '@headwater/core';
import { duckdbType, fileChanges } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { PartitionWork } from '../load-engine.ts';
import { committedRows } from './committed-rows.ts';
import type { DuckdbRun } from './duckdb-engine.ts';

/**
 * The folders whose committed files hold texts that the definition no longer takes, in an enum or a UUID. Only files of
 * definitions that took more are read, and of those only the columns in question.
 */
export async function unfitFolders(
  { schema, state, connection, localPath }: DuckdbRun,
  works: readonly PartitionWork[],
): Promise<string[]> {
  const changes = fileChanges(schema, state).filter((change) =>
    ['remove-enum-value', 'string-to-checked-text'].includes(change.case),
  );
  const texts = withTexts(schema);
  const unfit: string[] = [];
  for (const { folder, existingFiles } of works) {
    const commits = existingFiles.map(({ path }) => state.addedBy.get(path) ?? 0);
    const lost = changes.filter(({ files }) => commits.some((commit) => files.has(commit)));
    const conditions = schema.columns.flatMap(({ name, type }, index) =>
      isCheckedText(type) && lost.some(({ column }) => column === name)
        ? [`v${index} IS NOT NULL AND TRY_CAST(v${index} AS ${duckdbType(type)}) IS NULL`]
        : [],
    );
    if (conditions.length === 0) continue;
    const rows = committedRows(texts, existingFiles.map(localPath));
    const sql = `SELECT count(*) AS rows FROM (${rows}) WHERE ${conditions.join(' OR ')}`;
    const [counted] = await rowsOf(connection, sql);
    if (countOf(counted?.['rows']) > 0) unfit.push(folder);
  }
  return unfit;
}

const isCheckedText = ({ kind }: Column['type']): boolean => kind === 'enum' || kind === 'uuid';

function withTexts(schema: TableSchema): TableSchema {
  const asText = (column: Column): Column =>
    isCheckedText(column.type) ? { ...column, type: { kind: 'string' } } : column;
  return { ...schema, columns: schema.columns.map(asText) };
}
