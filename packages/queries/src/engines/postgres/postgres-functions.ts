import { sql } from 'kysely';
import type { TimeUnit } from '../../functions/function-table.ts';
import { engineFunctions } from '../../functions/standard-functions.ts';

/** The text of a period's first instant, as to_char takes it: what is in double quotes stands as it is. */
export const postgresPeriodFormat = (unit: TimeUnit): string =>
  unit === 'hour' ? 'YYYY-MM-DD"T"HH24":00:00Z"' : 'YYYY-MM-DD';

/** The days of a unit that always has as many. */
const daysOf = { day: 1, week: 7 } as const;

/** PostgreSQL's own forms of functions (https://www.postgresql.org/docs/current/functions-datetime.html). */
export const postgresFunctions = engineFunctions({
  // The cast has the database's collation, whatever that of the value: an order by it would depend on the server.
  asText: (value) => sql`cast(${value} as text) collate "C"`,
  booleanText: (value) => sql`cast(${value} as text) collate "C"`,
  // PostgreSQL keeps 15 digits of a double that it casts; the shortest text that stands for the double has all of them
  // (https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT).
  exactDecimal: (scale, value) => sql`cast(cast(${value} as text) as decimal(38, ${sql.lit(scale)}))`,
  hourOfDay: (time) => sql`cast(extract(hour from ${time}) as integer)`,
  millisecondsBetween: (earlier, later) =>
    sql`cast(round(extract(epoch from (${later} - ${earlier})) * 1000) as bigint)`,
  // The table has the day of each event as a date.
  partitionDay: (day) => sql`date ${sql.lit(day)}`,
  periodStartText: (unit, time) => sql`to_char(${time}, ${sql.lit(postgresPeriodFormat(unit))})`,
  periodsBetween: (unit, earlier, later) => {
    if (unit === 'hour') return sql`cast(extract(epoch from (${later} - ${earlier})) / 3600 as integer)`;
    if (unit !== 'month') {
      const days = sql`(cast(${later} as date) - cast(${earlier} as date))`;
      return unit === 'day' ? sql`${days}` : sql`(${days} / ${sql.lit(daysOf[unit])})`;
    }
    const of = (part: 'year' | 'month') =>
      sql`(extract(${sql.raw(part)} from ${later}) - extract(${sql.raw(part)} from ${earlier}))`;
    return sql`cast(${of('year')} * 12 + ${of('month')} as integer)`;
  },
  plusSeconds: (seconds, time) => sql`(${time} + ${seconds} * interval '1 second')`,
  ratio: (part, whole) =>
    sql`(cast(${part} as double precision) / nullif(cast(${whole} as double precision), 0))`,
  timeText: (time) => sql`to_char(${time}, 'YYYY-MM-DD"T"HH24:MI:SS')`,
  weekday: (time) => sql`cast(extract(isodow from ${time}) as integer)`,
});
