import { type Expression, sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/** The UTC hour of an instant, 0 to 23. */
export const hourOfDay = dialectFunction<[time: Expression<Date>], number>({
  duckdb: (time) => sql`hour(${time})`,
  trino: (time) => sql`hour(${time})`,
});
