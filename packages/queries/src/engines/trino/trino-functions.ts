import { sql } from 'kysely';
import { engineFunctions, periodFormat } from '../../functions/standard-functions.ts';

/**
 * Trino's own forms of functions (https://trino.io/docs/current/functions/datetime.html). Athena has the same
 * (https://docs.aws.amazon.com/athena/latest/ug/functions.html).
 */
export const trinoFunctions = engineFunctions({
  md5Text: (text) => sql`lower(to_hex(md5(to_utf8(${text}))))`,
  periodStartText: (unit, time) => sql`date_format(${time}, ${sql.lit(periodFormat(unit))})`,
  plusSeconds: (seconds, time) => sql`date_add('second', ${seconds}, ${time})`,
  timeText: (time) => sql`date_format(${time}, '%Y-%m-%dT%H:%i:%s')`,
  weekday: (time) => sql`day_of_week(${time})`,
});
