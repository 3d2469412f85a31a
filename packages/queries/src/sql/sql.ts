import { internals, type Lake } from '../lake/create-lake.ts';
import type { QueryOptions, RowStream } from '../session/query.ts';

/**
 * Runs one SELECT that a person wrote, over the tables of a lake. Nothing outside the lake's committed files can be
 * read, and nothing can be written.
 *
 * @param parameters values of the placeholders, in their order: `?`, and `$1` on DuckDB and PostgreSQL. They are bound, or sent as typed
 *   literals, and never become a part of the statement
 * @returns the columns, and the rows in batches as they come. Read the batches: an unread query stays open
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for anything but one SELECT, `QUERY_PARAMETER_INVALID`, `QUERY_FAILED` with the
 *   engine's message
 * @example
 * ```ts
 * const { columns, batches } = await sql(lake, 'select brand, count(*) as n from clickstream group by all');
 * for await (const rows of batches()) console.table(rows);
 *
 * await sql(lake, 'select count(*) as n from clickstream where brand = ? and price > ?', ['acme', 10]);
 * ```
 */
export function sql(
  lake: Pick<Lake, typeof internals>,
  text: string,
  parameters?: readonly unknown[],
  options?: QueryOptions,
): Promise<RowStream>;
export function sql(
  lake: Pick<Lake, typeof internals>,
  text: string,
  options?: QueryOptions,
): Promise<RowStream>;
export function sql(
  lake: Pick<Lake, typeof internals>,
  sql: string,
  given: readonly unknown[] | QueryOptions = [],
  options?: QueryOptions,
): Promise<RowStream> {
  const { session } = lake[internals];
  return isList(given)
    ? session.readOnly({ sql, parameters: given }, options)
    : session.readOnly({ sql, parameters: [] }, given);
}

const isList = (given: readonly unknown[] | QueryOptions): given is readonly unknown[] =>
  Array.isArray(given);
