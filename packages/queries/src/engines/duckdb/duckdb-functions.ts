import { sql } from 'kysely';
import { engineFunctions, periodFormat } from '../../functions/standard-functions.ts';

/** DuckDB's own forms of functions (https://duckdb.org/docs/stable/sql/functions/timestamp). */
export const duckdbFunctions = engineFunctions({
  // DuckDB reads the partition key as a date.
  partitionDay: (day) => sql`date ${sql.lit(day)}`,
  periodStartText: (unit, time) => sql`strftime(${time}, ${sql.lit(periodFormat(unit))})`,
  plusSeconds: (seconds, time) => sql`(${time} + to_seconds(${seconds}))`,
  timeText: (time) => sql`strftime(${time}, '%Y-%m-%dT%H:%M:%S')`,
  // For a day and longer units, date_trunc returns a date.
  truncateTime: (unit, time) => sql`cast(date_trunc(${sql.lit(unit)}, ${time}) as timestamp)`,
  weekday: (time) => sql`isodow(${time})`,
});
