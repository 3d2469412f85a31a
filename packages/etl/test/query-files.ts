import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { quotePath } from '@headwater/core/internal';

/**
 * Runs SQL over the files below a folder.
 *
 * @param sql `FILES` stands for the list of the files
 * @param ending how their names end
 */
export async function queryFiles(
  sql: string,
  folder: string,
  ending = '.parquet',
): Promise<Record<string, unknown>[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => name.endsWith(ending)).map((name) => quotePath(join(folder, name)));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(sql.replace('FILES', () => `[${paths.join(', ')}]`));
    return reader.getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
