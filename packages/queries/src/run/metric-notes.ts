import type { EventsTable } from '@headwater/core';
import { internals, type LakeTable } from '../lake/create-lake.ts';
import { metricOf } from '../library/registry.ts';
import type { Metric } from '../metric/metric.ts';
import type { QueryOptions } from '../session/query.ts';
import { exceedingQuery } from './build-metric-query.ts';

/** Something that an answer does not show. */
export interface MetricNote {
  readonly kind: 'sessions-exceeded';
  /** Events of the range that exceed their session. The answer counts them as events without a session. */
  readonly events: number;
  /** How long a session of the table lasts at most. */
  readonly longestMilliseconds: number;
  /** One sentence for people. */
  readonly text: string;
}

/**
 * What an answer leaves out, and does not show: the events that exceed their session, of a metric that reads sessions. An id
 * that is no session, such as an IP address, makes many of them. Empty when there is nothing to say. It is a query of its own,
 * which reads the time and the session of the same events.
 *
 * @param asked a metric, or the name of one that ships or is in the lake's `metrics`
 * @param parameters those of the answer
 * @throws HeadwaterError `METRIC_UNKNOWN`, `METRIC_PARAMETERS_INVALID`, and what a query fails with
 * @example
 * ```ts
 * await metricNotes(lake.clickstream, sessionSummary, { from, to });
 * // [{ kind: 'sessions-exceeded', events: 1204, longestMilliseconds: 86_400_000, text: '1204 events ...' }]
 * ```
 */
export async function metricNotes<Table extends EventsTable, Tables extends readonly EventsTable[]>(
  table: LakeTable<Table, Tables>,
  asked: Metric | string,
  parameters: unknown,
  { signal }: Pick<QueryOptions, 'signal'> = {},
): Promise<MetricNote[]> {
  const { db, metrics } = table[internals];
  const metric = typeof asked === 'string' ? metricOf(asked, metrics) : asked;
  const found = exceedingQuery(table as unknown as LakeTable, metric, parameters);
  if (!found) return [];
  const { rows } = await db.executeQuery<{ exceeding: number }>(
    found.query.compile(),
    signal ? { signal } : undefined,
  );
  const events = Number(rows[0]?.exceeding ?? 0);
  if (events === 0) return [];
  const hours = found.longest / 3_600_000;
  const text =
    `${events} ${events === 1 ? 'event is' : 'events are'} later than ${hours} hours after the beginning of the session that ` +
    `${events === 1 ? 'its' : 'their'} id belongs to, and ${events === 1 ? 'counts' : 'count'} as without a session`;
  return [{ kind: 'sessions-exceeded', events, longestMilliseconds: found.longest, text }];
}
