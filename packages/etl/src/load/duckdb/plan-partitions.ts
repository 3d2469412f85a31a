import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import { type DataFile, type LakeState, quoteName, quoteText } from '@headwater/core/internal';
import { rowsOf } from '../../engine/duckdb-session.ts';
import { partitionColumns, stage } from './staging-table.ts';
import type { PartitionWork } from './write-partition.ts';

/** The folder of a partition: `clickstream/dt=2019-10-01`, `clickstream/dt=2019-10-01/hour=07`. */
function folderOf(table: string, values: readonly [string, string][]): string {
  const parts = values.map(([name, value]) => `${name.replace(/^part_/, '')}=${encodeURIComponent(value)}`);
  return [table, ...parts].join('/');
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Committed files by the folder they are in. */
export function filesByFolder(state: LakeState): Map<string, DataFile[]> {
  const folders = new Map<string, DataFile[]>();
  for (const file of state.files) {
    const folder = parentOf(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return folders;
}

/** The partitions that the staged rows touch, in order, each with the files it already has. */
export async function planPartitions(
  connection: DuckDBConnection,
  schema: TableSchema,
  localPath: (file: DataFile) => string,
  state: LakeState,
): Promise<PartitionWork[]> {
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
  const committed = filesByFolder(state);
  return groups.map((group) => {
    const values = columns.map(({ name }, index): [string, string] => [name, String(group[`p${index}`])]);
    const folder = folderOf(schema.name, values);
    const existingFiles = committed.get(folder) ?? [];
    const conditions = columns.map(
      ({ name, type }, index) => `${quoteName(name)} = ${quoteText(values[index]?.[1] ?? '')}::${type}`,
    );
    return {
      folder,
      day: values[0]?.[1] ?? '',
      // Files are mostly in time order, so the range of row ids skips most of the table.
      staged: `${conditions.join(' AND ')} AND rowid BETWEEN ${group['first_row']} AND ${group['last_row']}`,
      existing: existingFiles.map(localPath),
      existingFiles,
      rewrite: false,
    };
  });
}
