import { type Expression, sql } from 'kysely';
import type { Grain } from '../metric/grain.ts';
import type { DialectFunction } from './dialect-function.ts';

/** How many periods lie between two first instants of periods. */
export const periodsBetween: DialectFunction<
  [grain: Exclude<Grain, 'all'>, earlier: Expression<Date>, later: Expression<Date>],
  number
> = {
  duckdb: (grain, earlier, later) => sql`date_diff(${sql.lit(grain)}, ${earlier}, ${later})`,
};
