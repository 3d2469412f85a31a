import { type Expression, sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** The UTC hour of an instant, 0 to 23. */
export const hourOfDay: DialectFunction<[time: Expression<Date>], number> = {
  duckdb: (time) => sql`hour(${time})`,
};
