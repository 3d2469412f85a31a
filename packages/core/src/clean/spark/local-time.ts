import { monthNames, type TimeField } from '../../table/time-format.ts';
import { sparkText } from '../../types/spark-type.ts';
import type { TimeReading } from '../time-reading.ts';
import type { NamedSql } from './spark-layers.ts';
import { textParts } from './whole-text.ts';

/** A local time that a text has in one format, as SQL. */
export interface LocalTimeSql extends NamedSql {
  /** The parts of the text, which `sql` and `offset` read. */
  readonly parts: NamedSql;
  /** Milliseconds of the text's own offset; NULL for a text without one. */
  readonly offset: string;
}

/**
 * Reads the local time of a text: milliseconds since 1970-01-01 00:00:00 local time, or NULL for a text in another format and for a
 * date that no calendar has.
 *
 * @param name the name that the time will have
 */
export function localTime({ pattern, fields }: TimeReading, text: string, name: string): LocalTimeSql {
  const read = textParts(
    text,
    pattern,
    fields.map((_, index) => `$${index + 1}`),
  );
  const parts: NamedSql = { name: `${name}_parts`, sql: read.sql };
  const has = (field: TimeField): boolean => fields.includes(field);
  const part = (field: TimeField): string => read.part(parts.name, fields.indexOf(field));
  const number = (field: TimeField): string =>
    has(field) ? `coalesce(CAST(${part(field)} AS INT), 0)` : '0';

  const year = has('year') ? number('year') : `2000 + ${number('short_year')}`;
  const month = has('month')
    ? number('month')
    : `(instr('${monthNames}', lower(${part('month_name')})) + 2) div 3`;
  const hour = has('half_hour')
    ? `(${number('half_hour')} % 12 + CASE WHEN lower(${part('half')}) = 'pm' THEN 12 ELSE 0 END)`
    : number('hour');
  const fraction = has('fraction') ? ` + CAST(rpad(substr(${part('fraction')}, 1, 3), 3, '0') AS INT)` : '';
  // A date that no calendar has is NULL. Spark has a year 0.
  const day = `unix_date(make_date(nullif(${year}, 0), CAST(${month} AS INT), ${number('day')}))`;
  const clock = `((${hour} * 60 + ${number('minute')}) * 60 + ${number('second')}) * 1000${fraction}`;
  const own = `(${number('offset_hour')} * 60 + ${number('offset_minute')}) * 60000`;
  return {
    name,
    parts,
    sql: `CASE WHEN ${read.isMatch(parts.name)} THEN CAST(${day} AS BIGINT) * 86400000 + ${clock} END`,
    offset: has('sign')
      ? `CASE WHEN ${part('utc')} <> '' THEN 0 WHEN ${part('sign')} = '+' THEN ${own} WHEN ${part('sign')} = ${sparkText('-')} THEN -${own} END`
      : 'CAST(NULL AS INT)',
  };
}
