import type { Column, TableSchema } from '@headwater/core';
import { fileChanges, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { PartitionWork } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { committedRows } from './write-partition.ts';

/**
 * The folders whose committed files hold texts that an enum of the definition no longer has. Only files of definitions with
 * more values are read, and of those only the columns in question.
 */
export async function unfitFolders(
  { schema, state, connection, localPath }: DuckdbRun,
  works: readonly PartitionWork[],
): Promise<string[]> {
  const changes = fileChanges(schema, state).filter((change) =>
    ['remove-enum-value', 'string-to-enum'].includes(change.case),
  );
  const texts = withEnumsAsText(schema);
  const unfit: string[] = [];
  for (const { folder, existingFiles } of works) {
    const commits = existingFiles.map(({ path }) => state.addedBy.get(path) ?? 0);
    const lost = changes.filter(({ files }) => commits.some((commit) => files.has(commit)));
    const conditions = schema.columns.flatMap(({ name, type }, index) =>
      type.kind === 'enum' && lost.some(({ column }) => column === name)
        ? [`v${index} NOT IN (${type.values.map(quoteText).join(', ')})`]
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

function withEnumsAsText(schema: TableSchema): TableSchema {
  const asText = (column: Column): Column =>
    column.type.kind === 'enum' ? { ...column, type: { kind: 'string' } } : column;
  return { ...schema, columns: schema.columns.map(asText) };
}
