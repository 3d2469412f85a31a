import { DuckDBInstance } from '@duckdb/node-api';

type Row = Record<string, unknown>;

/** Lends an empty in-memory DuckDB: `rowsOf` reads a statement's rows, `run` runs statements. */
export async function withDuckdb<Result>(
  use: (rowsOf: (sql: string) => Promise<Row[]>, run: (sql: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await use(
      async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
      async (sql) => {
        await connection.run(sql);
      },
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
