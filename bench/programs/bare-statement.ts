// The baseline: the fastest bare DuckDB statement known for the same rows. Typed read, DISTINCT, one folder a day;
// no cleaning, no sorting, no accounting, no manifest. Arguments: output folder, input.
import { DuckDBInstance } from '@duckdb/node-api';
import { printOutcome } from './print-outcome.ts';

const [out = '', input = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
const connection = await instance.connect();
const written = await connection.runAndReadAll(`COPY (
  SELECT DISTINCT *, event_time::DATE AS dt
  FROM read_csv('${input}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {
    'event_time': 'TIMESTAMP', 'event_type': 'VARCHAR', 'product_id': 'BIGINT', 'category_id': 'BIGINT',
    'category_code': 'VARCHAR', 'brand': 'VARCHAR', 'price': 'DECIMAL(10,2)', 'user_id': 'BIGINT', 'user_session': 'VARCHAR'})
) TO '${out}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (dt))`);
printOutcome(Number(written.getRowsJS()[0]?.[0]));
