import { sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/** The year 10000, where the last range ends, is `+010000` in JavaScript alone. */
const textOf = (instant: Date): string =>
  instant.toISOString().slice(0, -1).replace('T', ' ').replace(/^\+0/, '');

/** An instant as a literal without a zone, which is UTC in a lake. */
export const timestampLiteral = dialectFunction<[instant: Date], Date>({
  duckdb: (instant) => sql`timestamp ${sql.lit(textOf(instant))}`,
  trino: (instant) => sql`timestamp ${sql.lit(textOf(instant))}`,
});
