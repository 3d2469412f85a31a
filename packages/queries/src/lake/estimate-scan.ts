import type { ScanEstimate } from '../guard/cost/scan-estimate.ts';
import {
  type AnyQuery,
  orFromEvents,
  presentStatement,
  type StatementOptions,
} from '../session/asked-query.ts';
import { internals, type Lake } from './create-lake.ts';

/**
 * Estimates what a query will read, without running it. `bytes` is the size of its columns in the partitions of its days, from
 * the lake's manifests. `mostBytes` is the maximum: Trino reads small files whole, and reads over gaps of up to a megabyte
 * between columns. For a metric that a rollup answers, it is what is read of the rollup, and of the events of days that are not stored.
 *
 * @param query anything that Kysely compiles, a metric query, or a statement as text
 * @param options `noRollup`: estimates a metric as it is computed from the events
 * @throws HeadwaterError `OPTION_INVALID` when the engine's config lacks the lake's address
 * @example
 * ```ts
 * const { mostBytes } = await estimateScan(lake, metricQuery(lake.clickstream, revenue, { from, to }));
 * console.log(`at most ${scanPrice(mostBytes)} USD`);
 * ```
 */
export async function estimateScan(
  lake: Pick<Lake, typeof internals>,
  query: AnyQuery | string,
  options?: StatementOptions,
): Promise<ScanEstimate> {
  const { guard } = lake[internals];
  if (typeof query === 'string') return guard.estimate({ sql: query, parameters: [] });
  const present = await presentStatement(query, options);
  // A commit may come between the choice of a rollup and the look at its files.
  return orFromEvents(present, async (chosen) =>
    guard.estimate(chosen ?? (await presentStatement(query, { noRollup: true }))),
  );
}
