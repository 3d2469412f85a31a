import { type Expression, sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/** The UTC weekday of an instant by ISO 8601: 1 is Monday, 7 is Sunday. */
export const weekday = dialectFunction<[time: Expression<Date>], number>({
  duckdb: (time) => sql`isodow(${time})`,
  trino: (time) => sql`day_of_week(${time})`,
});
