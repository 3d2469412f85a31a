import { type AnyQuery, keyStatement } from '../session/asked-query.ts';
import { internals, type Lake } from './create-lake.ts';

/**
 * A text that stays as long as the answer to a query does: a hash of the statement, its parameters, the definitions of its tables, and the
 * committed files of the days that it reads. A commit that touches those days changes it; other commits do not. Nothing is run. It serves
 * as an ETag (https://www.rfc-editor.org/rfc/rfc9110#name-etag) when it is asked for before the query runs: an answer is then never older
 * than its key. The key of a metric is that of the events, also where a rollup answers: the rows are the same, unless
 * the question may be answered by estimates.
 *
 * @param query anything that Kysely compiles, a metric query, or a statement as text
 * @returns 64 hexadecimal digits. Undefined for a statement with a function such as `now()`, and for an engine whose config lacks the lake's
 *   address or that reads tables of its own
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED`, `LAKE_CLOSED`
 * @example const tag = await answerKey(lake, metricQuery(lake.clickstream, revenue, { from, to }));
 */
export async function answerKey(
  lake: Pick<Lake, typeof internals>,
  query: AnyQuery | string,
): Promise<string | undefined> {
  const { guard } = lake[internals];
  if (typeof query === 'string') return guard.answerKey({ sql: query, parameters: [] });
  return guard.answerKey(await keyStatement(query));
}

/**
 * Whether an answer may be kept by its key: the committed files are those of the key, and an engine that reads folders finds nothing else
 * there, such as files of a load that runs. Ask before the query and after it: an answer in between is that of the key.
 *
 * @param key what {@link answerKey} gave for the same query
 * @throws HeadwaterError `LAKE_CLOSED`
 */
export const isAnswerSettled = (
  lake: Pick<Lake, typeof internals>,
  query: AnyQuery,
  key: string,
): Promise<boolean> =>
  keyStatement(query).then((statement) => lake[internals].guard.isSettled(statement, key));
