import { quoteName, quoteText } from '@headwater/core/internal';
import { rowsOf } from '../../engine/duckdb-session.ts';
import type { StagedFolder } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { partitionColumns, stage } from './staging-table.ts';

/** The folder of a partition: `clickstream/dt=2019-10-01`, `clickstream/dt=2019-10-01/hour=07`. */
function folderOf(table: string, values: readonly [string, string][]): string {
  const parts = values.map(([name, value]) => `${name.replace(/^part_/, '')}=${encodeURIComponent(value)}`);
  return [table, ...parts].join('/');
}

/** The folders that staged rows belong to, in order, each with the SQL condition that finds its rows. */
export async function stagedFolders({ connection, schema }: DuckdbRun): Promise<StagedFolder[]> {
  const columns = partitionColumns(schema);
  const names = columns.map(({ name }) => quoteName(name));
  const texts = columns.map(({ name, type }) =>
    type === 'INTEGER' ? `lpad(${quoteName(name)}::VARCHAR, 2, '0')` : `${quoteName(name)}::VARCHAR`,
  );
  const groups = await rowsOf(
    connection,
    `SELECT ${texts.map((text, index) => `${text} AS p${index}`).join(', ')}, min(rowid) AS first_row, max(rowid) AS last_row
     FROM ${stage} WHERE dt IS NOT NULL GROUP BY ${names.join(', ')} ORDER BY ${names.join(', ')}`,
  );
  return groups.map((group) => {
    const values = columns.map(({ name }, index): [string, string] => [name, String(group[`p${index}`])]);
    const conditions = columns.map(
      ({ name, type }, index) => `${quoteName(name)} = ${quoteText(values[index]?.[1] ?? '')}::${type}`,
    );
    return {
      folder: folderOf(schema.name, values),
      day: values[0]?.[1] ?? '',
      // Files are mostly in time order, so the range of row ids skips most of the table.
      rows: `${conditions.join(' AND ')} AND rowid BETWEEN ${group['first_row']} AND ${group['last_row']}`,
    };
  });
}
