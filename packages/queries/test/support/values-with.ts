import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '@headwater/core/internal';

/** The Parquet files below a folder that hold a text in the JSON of some row. Values are compressed, so their bytes do not show it. */
export async function valuesWith(folder: string, text: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found: string[] = [];
  try {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.parquet')) continue;
      const rows = await connection.runAndReadAll(
        `SELECT 1 FROM read_parquet(${quoteText(join(folder, name))}, hive_partitioning = false) t
         WHERE contains(to_json(t)::VARCHAR, ${quoteText(text)}) LIMIT 1`,
      );
      if (rows.currentRowCount > 0) found.push(name);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return found;
}
