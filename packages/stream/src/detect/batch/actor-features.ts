import type { TableSchema } from '@headwater/core';
import { type BatchWindow, batchEventsSql } from './batch-events-sql.ts';
import type { BatchParameters } from './batch-parameters.ts';

/** What an actor did in a window. A row of {@link actorFeaturesSql}. */
export interface ActorFeatures {
  readonly actor: string;
  readonly rows: number;
  /** Different products. */
  readonly products: number;
  readonly carts: number;
  readonly removals: number;
  readonly purchases: number;
  /** Different hours, and different UTC days, with rows. */
  readonly hours: number;
  readonly days: number;
  /** The median gap between two rows in seconds, and the share of gaps within a tenth of it. */
  readonly gap: number;
  readonly evenGaps: number;
  /** Returns to a product after a while, the median of their gaps in seconds, and the share within a tenth of it. */
  readonly returns: number;
  readonly returnGap: number;
  readonly evenReturns: number;
  readonly sessions: number;
  /** The most sessions that began in one UTC day. */
  readonly sessionsInDay: number;
  /** How often a row was of another session than the row before. */
  readonly switches: number;
  /** The most times that one product was put into a cart and taken out, without a purchase of it. */
  readonly cycles: number;
  /** The most sessions with the same products in the same order. */
  readonly repeats: number;
}

/**
 * The features of the actors of a window, one row for each, as {@link ActorFeatures}. For DuckDB.
 *
 * @param since only actors with a row at this time or later, in milliseconds: others were judged by an earlier run
 */
export function actorFeaturesSql(
  schema: TableSchema,
  window: BatchWindow,
  since: number,
  { runs, replay, 'price-monitor': monitor }: BatchParameters,
): string {
  return `WITH events AS (${batchEventsSql(schema, window)}),
busy AS (SELECT actor FROM events GROUP BY actor HAVING count(*) >= ${runs.rows} AND max(time) >= ${since}),
steps AS (
  SELECT events.*, time - lag(time) OVER in_time AS gap, lag(session) OVER in_time AS session_before,
    time - lag(time) OVER of_item AS item_gap, lag(action) OVER of_item AS action_before
  FROM events SEMI JOIN busy USING (actor)
  WINDOW in_time AS (PARTITION BY actor ORDER BY time, item, action),
    of_item AS (PARTITION BY actor, item ORDER BY time, action)),
medians AS (
  SELECT actor, median(gap) AS gap,
    median(item_gap) FILTER (item IS NOT NULL AND item_gap >= ${monitor.shortest * 1000}) AS return_gap
  FROM steps GROUP BY actor),
by_item AS (
  SELECT actor, count(*) FILTER (action = 'removeFromCart' AND action_before = 'cart') AS cycles
  FROM steps WHERE item IS NOT NULL GROUP BY actor, item HAVING count(*) FILTER (action = 'purchase') = 0),
by_session AS (
  SELECT actor, min(time) // 86400000 AS day, count(*) AS rows, count(DISTINCT item) AS products,
    hash(list(item ORDER BY time, item)) AS run
  FROM steps WHERE session IS NOT NULL GROUP BY actor, session),
by_day AS (SELECT actor, count(*) AS sessions FROM by_session GROUP BY actor, day),
by_run AS (
  SELECT actor, count(*) AS repeats FROM by_session
  WHERE rows >= ${replay.rows} AND products >= ${replay.products} GROUP BY actor, run)
SELECT actor, count(*)::DOUBLE AS rows, count(DISTINCT item)::DOUBLE AS products,
  (count(*) FILTER (action = 'cart'))::DOUBLE AS carts,
  (count(*) FILTER (action = 'removeFromCart'))::DOUBLE AS removals,
  (count(*) FILTER (action = 'purchase'))::DOUBLE AS purchases,
  count(DISTINCT time // 3600000)::DOUBLE AS hours, count(DISTINCT time // 86400000)::DOUBLE AS days,
  coalesce(any_value(medians.gap) / 1000, 0)::DOUBLE AS gap,
  coalesce(count(*) FILTER (abs(steps.gap - medians.gap) <= medians.gap / 10) / nullif(count(steps.gap), 0), 0)::DOUBLE AS even_gaps,
  (count(*) FILTER (item IS NOT NULL AND item_gap >= ${monitor.shortest * 1000}))::DOUBLE AS returns,
  coalesce(any_value(return_gap) / 1000, 0)::DOUBLE AS return_gap,
  coalesce(count(*) FILTER (item_gap >= ${monitor.shortest * 1000} AND abs(item_gap - return_gap) <= return_gap / 10)
    / nullif(count(*) FILTER (item_gap >= ${monitor.shortest * 1000}), 0), 0)::DOUBLE AS even_returns,
  count(DISTINCT session)::DOUBLE AS sessions,
  coalesce((SELECT max(by_day.sessions) FROM by_day WHERE by_day.actor = steps.actor), 0)::DOUBLE AS sessions_in_day,
  (count(*) FILTER (session IS DISTINCT FROM session_before))::DOUBLE AS switches,
  coalesce((SELECT max(by_item.cycles) FROM by_item WHERE by_item.actor = steps.actor), 0)::DOUBLE AS cycles,
  coalesce((SELECT max(by_run.repeats) FROM by_run WHERE by_run.actor = steps.actor), 0)::DOUBLE AS repeats
FROM steps JOIN medians USING (actor) GROUP BY actor ORDER BY actor`;
}

/** Reads a row of {@link actorFeaturesSql}. */
export function actorFeaturesOf(row: Readonly<Record<string, unknown>>): ActorFeatures {
  const figure = (name: string): number => Number(row[name] ?? 0);
  return {
    actor: String(row['actor']),
    rows: figure('rows'),
    products: figure('products'),
    carts: figure('carts'),
    removals: figure('removals'),
    purchases: figure('purchases'),
    hours: figure('hours'),
    days: figure('days'),
    gap: figure('gap'),
    evenGaps: figure('even_gaps'),
    returns: figure('returns'),
    returnGap: figure('return_gap'),
    evenReturns: figure('even_returns'),
    sessions: figure('sessions'),
    sessionsInDay: figure('sessions_in_day'),
    switches: figure('switches'),
    cycles: figure('cycles'),
    repeats: figure('repeats'),
  };
}
