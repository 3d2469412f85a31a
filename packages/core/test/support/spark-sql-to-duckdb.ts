/** Functions of Spark that DuckDB lacks, for the statements of rules. The session is in UTC, so a time needs no shift. */
export const sparkMacros: readonly string[] = [
  'create macro rlike(value, pattern) as regexp_matches(value, pattern)',
  "create macro current_timezone() as 'UTC'",
  'create macro to_utc_timestamp(instant, zone) as instant',
  "create macro date_format(instant, form) as case form when 'yyyy-MM-dd' then strftime(instant, '%Y-%m-%d') else error('no format') end",
];

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', 0: '\0' };

/** The value of a literal of Spark SQL (https://spark.apache.org/docs/3.5.6/sql-ref-literals.html#string-literal). */
const literalValue = (body: string): string =>
  body.replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/gi, (_, code?: string, other = '') =>
    code === undefined ? (escapes[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16)),
  );

/**
 * A statement of Spark SQL as DuckDB reads it: literals without escapes, names in double quotes, Java's way to write a code point in a
 * pattern. Other words are the same in both, or are {@link sparkMacros}.
 */
export function sparkSqlToDuckdb(sql: string): string {
  return sql.replace(
    /'((?:\\[\s\S]|[^'\\])*)'|`([^`]*)`|\bprimary\b/g,
    (found, text?: string, name?: string) => {
      if (text !== undefined) return `'${literalValue(text).replaceAll("'", "''")}'`;
      return `"${name ?? found}"`;
    },
  );
}
