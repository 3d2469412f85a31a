import { internals, type Lake } from '../lake/create-lake.ts';
import type { QueryOptions, RowStream } from '../session/query.ts';

/**
 * Runs one SELECT that a person wrote, over the tables of a lake. Nothing outside the lake's committed files can be
 * read, and nothing can be written.
 *
 * @returns the columns, and the rows in batches as they come. Read the batches: an unread query stays open
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for anything but one SELECT, `QUERY_FAILED` with the engine's message
 * @example
 * ```ts
 * const { columns, batches } = await sql(lake, 'select brand, count(*) as n from clickstream group by all');
 * for await (const rows of batches()) console.table(rows);
 * ```
 */
export function sql(
  lake: Pick<Lake, typeof internals>,
  text: string,
  options?: QueryOptions,
): Promise<RowStream> {
  return lake[internals].session.readOnly(text, options);
}
