import type { ScanEstimate } from '../guard/cost/scan-estimate.ts';
import type { QueryText } from '../session/query.ts';
import { internals, type Lake } from './create-lake.ts';

/**
 * What a query will read, without running it: the columns that it reads, times the partitions of its days, in the sizes
 * that the lake's manifests hold (`bytes`), and the most that it can be (`mostBytes`): Trino reads small files whole, and over
 * gaps of up to a megabyte between columns.
 *
 * @param query anything that Kysely compiles, a metric that is ready to run, or a statement as text
 * @throws HeadwaterError `OPTION_INVALID` when the engine was not told where the lake is
 * @example
 * ```ts
 * const { mostBytes } = await estimateScan(lake, metricQuery(lake.clickstream, revenue, { from, to }));
 * console.log(`at most ${scanPrice(mostBytes)} USD`);
 * ```
 */
export function estimateScan(
  lake: Pick<Lake, typeof internals>,
  query: { compile(): QueryText } | QueryText | string,
): Promise<ScanEstimate> {
  const { guard } = lake[internals];
  if (typeof query === 'string') return guard.estimate({ sql: query, parameters: [] });
  return guard.estimate('compile' in query ? query.compile() : query);
}
