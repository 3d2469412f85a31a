import { type Expression, sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** The UTC weekday of an instant by ISO 8601: 1 is Monday, 7 is Sunday. */
export const weekday: DialectFunction<[time: Expression<Date>], number> = {
  duckdb: (time) => sql`isodow(${time})`,
};
