import type { ArrowStream, QueryOptions, QueryText } from '../../lake/lake-engine.ts';
import { duckdbArrowBatches } from './duckdb-arrow-batches.ts';
import { bindParameters } from './duckdb-parameter.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import type { DuckdbSession } from './duckdb-session.ts';

/** Runs a compiled query and gives its chunks as Arrow record batches. */
export async function runArrow(
  session: DuckdbSession,
  query: QueryText,
  options?: QueryOptions,
): Promise<ArrowStream> {
  const connection = await session.connect();
  try {
    const prepare = async () => {
      const statement = await connection.prepare(query.sql);
      bindParameters(statement, query.parameters);
      return statement;
    };
    const result = await openDuckdbResult(session, connection, query.sql, prepare, options);
    return duckdbArrowBatches(result, () => connection.closeSync());
  } catch (error) {
    connection.closeSync();
    throw error;
  }
}
