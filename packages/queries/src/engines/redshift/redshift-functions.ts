import { sql } from 'kysely';
import { engineFunctions } from '../../functions/standard-functions.ts';
import { postgresFunctions } from '../postgres/postgres-functions.ts';

/**
 * Redshift's own forms of functions (https://docs.aws.amazon.com/redshift/latest/dg/Date_functions_header.html). A `varchar` without a
 * length has 256 bytes there (https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html), so texts have the longest.
 */
export const redshiftFunctions = engineFunctions({
  asText: (value) => sql`cast(${value} as varchar(65535))`,
  // Redshift casts no boolean to a text (https://docs.aws.amazon.com/redshift/latest/dg/r_Boolean_type.html).
  booleanText: (value) => sql`case when ${value} then 'true' when not ${value} then 'false' end`,
  // `concat` takes two texts (https://docs.aws.amazon.com/redshift/latest/dg/r_CONCAT.html).
  joinTexts: (...texts) => sql`(${sql.join(texts, sql` || `)})`,
  hourOfDay: postgresFunctions.hourOfDay,
  // Units are words without quotes, and whole ones are counted by their boundaries (https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html).
  millisecondsBetween: (earlier, later) => sql`datediff(millisecond, ${earlier}, ${later})`,
  partitionDay: postgresFunctions.partitionDay,
  periodsBetween: (unit, earlier, later) =>
    // A week of datediff begins on Sunday; first instants of ISO weeks are seven days apart.
    unit === 'week'
      ? sql`(datediff(day, ${earlier}, ${later}) / 7)`
      : sql`datediff(${sql.raw(unit)}, ${earlier}, ${later})`,
  periodStartText: (unit, time) =>
    unit === 'hour'
      ? sql`(to_char(${time}, 'YYYY-MM-DD') || 'T' || to_char(${time}, 'HH24') || ':00:00Z')`
      : sql`to_char(${time}, 'YYYY-MM-DD')`,
  plusSeconds: (seconds, time) => sql`dateadd(second, ${seconds}, ${time})`,
  ratio: postgresFunctions.ratio,
  timeText: (time) => sql`(to_char(${time}, 'YYYY-MM-DD') || 'T' || to_char(${time}, 'HH24:MI:SS'))`,
  // 0 is Sunday (https://docs.aws.amazon.com/redshift/latest/dg/r_Dateparts_for_datetime_functions.html).
  weekday: (time) => sql`((cast(extract(dow from ${time}) as integer) + 6) % 7 + 1)`,
});
