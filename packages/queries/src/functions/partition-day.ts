import { sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/**
 * A UTC day, `YYYY-MM-DD`, as the literal that the partition key `dt` is compared with: partitions are chosen before
 * parameters are known. DuckDB reads the key as a date; in a catalog it is text, which sorts as days do.
 */
export const partitionDay = dialectFunction<[day: string], string>({
  duckdb: (day) => sql`date ${sql.lit(day)}`,
  trino: (day) => sql`${sql.lit(day)}`,
});
