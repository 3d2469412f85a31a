/** The first and the last day of a statement: two days, or two expressions of the type DATE that a service fills in. */
export type StatementDays =
  | { readonly from: string; readonly to: string }
  | { readonly fromSql: string; readonly toSql: string };

/** Two days that stand for the ends of a range, so far from each other that a day beside one is never taken for one beside the other. */
export interface SentinelDays {
  readonly from: string;
  readonly to: string;
}

/** Of different lengths, and beside different ends of months and leap days: what depends on those does not come out the same. */
export const sentinelDays: readonly SentinelDays[] = [
  { from: '3001-06-15', to: '6002-09-04' },
  { from: '3004-02-28', to: '6007-12-31' },
];

/** Metrics read up to so many days beside the range, such as ten years of cohorts. */
const mostDaysBeside = 12_000;
const dayMilliseconds = 86_400_000;

/** A literal of a day: a text, a DATE or a TIMESTAMP at midnight; or the text of both days. */
const literals =
  /(timestamp |date )?'(\d{4}-\d{2}-\d{2})(?: 00:00:00\.000|(\/)(\d{4}-\d{2}-\d{2}))?'|'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * A statement with expressions in place of the literals of sentinel days, and of days so many days beside them. Expressions are in the part of
 * SQL that DuckDB and Trino share: a DATE plus an interval of days.
 */
export function withDays(
  statement: string,
  sentinels: SentinelDays,
  days: Extract<StatementDays, { fromSql: string }>,
): string {
  const dateOf = (day: string): string | undefined => {
    const [ofFrom, ofTo] = [sentinels.from, sentinels.to].map(
      (one) => (Date.parse(day) - Date.parse(one)) / dayMilliseconds,
    );
    if (ofFrom !== undefined && Math.abs(ofFrom) <= mostDaysBeside) return later(days.fromSql, ofFrom);
    if (ofTo !== undefined && Math.abs(ofTo) <= mostDaysBeside) return later(days.toSql, ofTo);
    return undefined;
  };
  return statement.replaceAll(
    literals,
    (literal: string, type: string | undefined, day: string | undefined, slash?: string, last?: string) => {
      const date = day === undefined ? undefined : dateOf(day);
      if (date === undefined) return literal;
      if (slash !== undefined && last !== undefined)
        return `(${textOf(date)} || '/' || ${textOf(dateOf(last) ?? `'${last}'`)})`;
      if (type === 'timestamp ') return `cast(${date} as timestamp)`;
      return type === 'date ' ? date : textOf(date);
    },
  );
}

const textOf = (date: string): string => `cast(${date} as varchar)`;

/** A date so many days later. DuckDB gives a timestamp for it, hence the cast. */
const later = (date: string, count: number): string =>
  count === 0 ? date : `cast(${date} ${count < 0 ? '-' : '+'} interval '${Math.abs(count)}' day as date)`;
