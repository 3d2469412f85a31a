import { trinoStatement } from '../trino/trino-statement.ts';
import { parseUnload } from './parse-unload.ts';
import type { QueryExecution } from './query-execution.ts';
import { type QueryPlace, runStatement } from './run-statement.ts';

/**
 * Runs UNLOAD, which Trino does not have. The query creates an external table at the destination, in a database of its
 * own. Then both are dropped, which leaves the table's files.
 */
export async function unload(execution: QueryExecution, place: QueryPlace): Promise<void> {
  const { id, statement, output } = execution.request;
  const { query, to, format, compression, partitionedBy } = parseUnload(statement);
  if ((await place.store.list(to)).length > 0) {
    const reason = `HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: ${to}`;
    execution.end('FAILED', reason, {
      ErrorCategory: 2,
      ErrorType: 1000,
      Retryable: false,
      ErrorMessage: reason,
    });
    return;
  }
  const schema = `awsdatacatalog."unload_${id.replaceAll('-', '')}"`;
  const table = `${schema}.rows`;
  const partitions = partitionedBy.map((column) => `'${column.replaceAll("'", "''")}'`).join(', ');
  const properties = [
    `external_location = '${to.replaceAll("'", "''")}'`,
    `format = '${format}'`,
    ...(partitions === '' ? [] : [`partitioned_by = ARRAY[${partitions}]`]),
  ];
  await runStatement(execution, `CREATE SCHEMA ${schema}`, place);
  if (execution.isOver) return;
  try {
    await runStatement(
      execution,
      `CREATE TABLE ${table} WITH (${properties.join(', ')}) AS ${query}`,
      place,
      undefined,
      {
        'awsdatacatalog.compression_codec': compression,
      },
    );
  } finally {
    await dropUnloaded([`DROP TABLE IF EXISTS ${table}`, `DROP SCHEMA IF EXISTS ${schema}`], place.trino);
  }
  if (execution.isOver) return;
  execution.manifest = `${output}${id}-manifest.csv`;
  const files = await place.store.list(to);
  await place.store.write(files.map((file) => `${file}\n`).join(''), execution.manifest);
}

/** Runs outside the execution, so that it also runs after a failed or cancelled query. */
async function dropUnloaded(statements: readonly string[], trino: string): Promise<void> {
  for (const statement of statements)
    for await (const { error } of trinoStatement(trino, statement, { catalog: 'awsdatacatalog' }))
      if (error !== undefined) console.error(`${statement}: ${error.message}`);
}
