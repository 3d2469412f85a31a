import type { ScanEstimate } from '../guard/cost/scan-estimate.ts';
import type { QueryText } from '../session/query.ts';
import { internals, type Lake } from './create-lake.ts';

/**
 * Estimates what a query will read, without running it. `bytes` is the size of its columns in the partitions of its days, from
 * the lake's manifests. `mostBytes` is the maximum: Trino reads small files whole, and reads over gaps of up to a megabyte
 * between columns.
 *
 * @param query anything that Kysely compiles, a metric query, or a statement as text
 * @throws HeadwaterError `OPTION_INVALID` when the engine's config lacks the lake's address
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
