import { sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** A UTC day, `YYYY-MM-DD`, as a literal: partitions are chosen before parameters are known. */
export const dateLiteral: DialectFunction<[day: string], string> = {
  duckdb: (day) => sql`date ${sql.lit(day)}`,
};
