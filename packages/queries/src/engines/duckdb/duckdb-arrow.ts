import type { ArrowStream } from '../../session/arrow-stream.ts';
import type { QueryOptions, QueryText } from '../../session/query.ts';
import { arrowBatches } from '../common/arrow-batches.ts';
import { duckdbColumn } from './duckdb-arrow-column.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import { prepareQuery, prepareSelect } from './duckdb-statement.ts';

/** Runs a query and gives its chunks as Arrow record batches. A query that Kysely did not compile has to be one SELECT. */
export async function runArrow(
  open: DuckdbDialectConfig['open'],
  query: QueryText,
  options?: QueryOptions,
): Promise<ArrowStream> {
  const result = await openDuckdbResult(open, query, query.query ? prepareQuery : prepareSelect, options);
  const columns = result.names.map((name, index) => {
    const type = result.types[index];
    if (!type) throw new Error(`No type for column ${name}`);
    return { name, ...duckdbColumn(name, type) };
  });
  return arrowBatches(columns, async function* () {
    for await (const chunk of result.chunks())
      yield { rows: chunk.rowCount, values: (column) => chunk.getColumnValues(column) };
  });
}
