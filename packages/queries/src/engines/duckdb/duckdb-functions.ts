import { sql } from 'kysely';
import { engineFunctions, periodFormat } from '../../functions/standard-functions.ts';

/** What DuckDB writes in its own way (https://duckdb.org/docs/stable/sql/functions/timestamp). */
export const duckdbFunctions = engineFunctions({
  // DuckDB reads the folder's key as a date.
  partitionDay: (day) => sql`date ${sql.lit(day)}`,
  periodText: (unit, time) => sql`strftime(${time}, ${sql.lit(periodFormat(unit))})`,
  // From a day on, date_trunc gives a date.
  truncateTime: (unit, time) => sql`cast(date_trunc(${sql.lit(unit)}, ${time}) as timestamp)`,
  weekday: (time) => sql`isodow(${time})`,
});
