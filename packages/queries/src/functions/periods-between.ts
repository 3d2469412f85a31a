import { type Expression, sql } from 'kysely';
import type { Grain } from '../metric/grain.ts';
import { dialectFunction } from './dialect-function.ts';

/**
 * How many periods lie between two first instants of periods. Between these, the boundaries that DuckDB counts and the
 * whole periods that Trino counts are as many.
 */
export const periodsBetween = dialectFunction<
  [grain: Exclude<Grain, 'all'>, earlier: Expression<Date>, later: Expression<Date>],
  number
>({
  duckdb: (grain, earlier, later) => sql`date_diff(${sql.lit(grain)}, ${earlier}, ${later})`,
  trino: (grain, earlier, later) => sql`date_diff(${sql.lit(grain)}, ${earlier}, ${later})`,
});
