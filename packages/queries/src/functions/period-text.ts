import { type Expression, sql } from 'kysely';
import type { Grain } from '../metric/grain.ts';
import type { DialectFunction } from './dialect-function.ts';

/** A period's first instant as text: `YYYY-MM-DD`, and `YYYY-MM-DDTHH:00:00Z` for hours. */
export const periodText: DialectFunction<[grain: Grain, time: Expression<Date>], string> = {
  duckdb: (grain, time) =>
    sql`strftime(${time}, ${sql.lit(grain === 'hour' ? '%Y-%m-%dT%H:00:00Z' : '%Y-%m-%d')})`,
};
