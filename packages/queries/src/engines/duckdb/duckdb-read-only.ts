import type { QueryOptions, RowStream } from '../../session/query.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import { prepareSelect } from './duckdb-statement.ts';

/**
 * Runs one SELECT that a person wrote.
 *
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for any other statement or several, `QUERY_FAILED` when it does not run
 */
export async function runReadOnly(
  database: DuckdbDatabase,
  sql: string,
  options?: QueryOptions,
): Promise<RowStream> {
  const connection = await database.connect();
  try {
    const prepare = () => prepareSelect(database, connection, { sql, parameters: [] });
    const result = await openDuckdbResult(database, connection, sql, prepare, options);
    const columns = result.names.map((name, index) => ({ name, type: String(result.types[index]) }));
    return {
      columns,
      async *batches() {
        try {
          yield* result.rows();
        } finally {
          connection.closeSync();
        }
      },
    };
  } catch (error) {
    connection.closeSync();
    throw error;
  }
}
