import { type Expression, sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** Seconds from one instant to another, with their fraction. */
export const secondsBetween: DialectFunction<[earlier: Expression<Date>, later: Expression<Date>], number> = {
  duckdb: (earlier, later) => sql`(date_diff('millisecond', ${earlier}, ${later}) / 1000.0::double)`,
};
