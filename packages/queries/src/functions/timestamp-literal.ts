import { sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** An instant as a literal without a zone, which is UTC in a lake. */
export const timestampLiteral: DialectFunction<[instant: Date], Date> = {
  duckdb: (instant) => sql`timestamp ${sql.lit(instant.toISOString().slice(0, -1).replace('T', ' '))}`,
};
