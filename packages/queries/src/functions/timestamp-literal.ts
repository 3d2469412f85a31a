import { sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

const textOf = (instant: Date): string => instant.toISOString().slice(0, -1).replace('T', ' ');

/** An instant as a literal without a zone, which is UTC in a lake. */
export const timestampLiteral = dialectFunction<[instant: Date], Date>({
  duckdb: (instant) => sql`timestamp ${sql.lit(textOf(instant))}`,
  trino: (instant) => sql`timestamp ${sql.lit(textOf(instant))}`,
});
