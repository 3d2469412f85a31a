import { type Expression, sql } from 'kysely';
import type { Grain } from '../metric/grain.ts';
import { dialectFunction } from './dialect-function.ts';

// The same letters in C's strftime and in MySQL's date_format, which Trino follows.
const formatOf = (grain: Grain): string => (grain === 'hour' ? '%Y-%m-%dT%H:00:00Z' : '%Y-%m-%d');

/** A period's first instant as text: `YYYY-MM-DD`, and `YYYY-MM-DDTHH:00:00Z` for hours. */
export const periodText = dialectFunction<[grain: Grain, time: Expression<Date>], string>({
  duckdb: (grain, time) => sql`strftime(${time}, ${sql.lit(formatOf(grain))})`,
  trino: (grain, time) => sql`date_format(${time}, ${sql.lit(formatOf(grain))})`,
});
