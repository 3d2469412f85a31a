import type { QueryOptions, QueryText, RowStream } from '../../session/query.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import { prepareSelect } from './duckdb-statement.ts';

/**
 * Runs one SELECT that a person wrote.
 *
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for any other statement or several, `QUERY_FAILED` when it does not run
 */
export async function runReadOnly(
  open: DuckdbDialectConfig['open'],
  query: QueryText,
  options?: QueryOptions,
): Promise<RowStream> {
  const result = await openDuckdbResult(open, query, prepareSelect, options);
  const columns = result.names.map((name, index) => ({ name, type: String(result.types[index]) }));
  return { columns, batches: () => result.rows() };
}
