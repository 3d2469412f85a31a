import { type Expression, sql } from 'kysely';
import type { Grain } from '../metric/grain.ts';
import { dialectFunction } from './dialect-function.ts';

/** The first instant of the UTC hour, day, ISO week (from Monday) or month of an instant. */
export const truncateTime = dialectFunction<[grain: Exclude<Grain, 'all'>, time: Expression<Date>], Date>({
  duckdb: (grain, time) => sql`cast(date_trunc(${sql.lit(grain)}, ${time}) as timestamp)`,
  trino: (grain, time) => sql`date_trunc(${sql.lit(grain)}, ${time})`,
});
