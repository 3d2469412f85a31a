import type { QueryOptions, QueryText, RowStream } from '../../session/query.ts';
import { uniqueNames } from '../common/unique-names.ts';
import { numberedPlaceholders } from './numbered-placeholders.ts';
import { openPostgresResult } from './open-postgres-result.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';
import { rowReader } from './postgres-value.ts';

/**
 * Runs one SELECT that a person wrote.
 *
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for a statement that writes, `QUERY_FAILED` when it does not run
 */
export async function runReadOnly(
  config: PostgresDialectConfig,
  query: QueryText,
  options?: QueryOptions,
): Promise<RowStream> {
  const { sql, parameters } = query;
  const numbered = { sql: numberedPlaceholders(sql, parameters.length), parameters };
  const { fields, types, batches } = await openPostgresResult(config, numbered, options);
  const names = uniqueNames(fields.map(({ name }) => name));
  const read = rowReader(fields, config.tables);
  return {
    columns: names.map((name, index) => ({ name, type: types[index] ?? '' })),
    async *batches() {
      for await (const rows of batches()) if (rows.length > 0) yield rows.map(read);
    },
  };
}
