import type { EventsTable } from '@headwater/core';
import { closeLake, createLake, metricOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import type { RunSummary } from '../stream/run/run-summary.ts';

/** A figure as the stream counted it while the events passed, and as the lake answers afterwards. */
export interface ComparedFigure {
  readonly name: string;
  readonly stream: string;
  readonly lake: string;
  readonly isEqual: boolean;
}

/** The figures that both know, with the metric and the column that the lake has them in. */
const figures = [
  { name: 'revenue', metric: 'revenue', column: 'revenue', live: 'revenue' },
  { name: 'sessions', metric: 'session-summary', column: 'sessions', live: 'sessions' },
  { name: 'sessions with a cart', metric: 'cart-abandonment', column: 'cartSessions', live: 'cartSessions' },
  {
    name: 'carts not bought',
    metric: 'cart-abandonment',
    column: 'abandonedSessions',
    live: 'abandonedSessions',
  },
  { name: 'worth', metric: 'cart-abandonment', column: 'abandonedValue', live: 'abandonedValue' },
] as const;

/**
 * Asks the lake for what the stream counted.
 *
 * @param summary a run over all that the lake holds
 */
export async function compareLive(
  table: EventsTable,
  folder: string,
  { live, from, to }: RunSummary,
  signal: AbortSignal,
): Promise<readonly ComparedFigure[]> {
  if (from === null || to === null) return [];
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: folder }) });
  const range = { from: from.slice(0, 10), to: to.slice(0, 10) };
  try {
    const answers = new Map<string, readonly Readonly<Record<string, unknown>>[]>();
    for (const metric of new Set(figures.map((figure) => figure.metric))) {
      if (figures.every((figure) => figure.metric !== metric || live[figure.live] === null)) continue;
      const query = namedMetricQuery(tableOf(lake, table.name), metricOf(metric), { ...range, grain: 'day' });
      answers.set(metric, await query.rows({ signal }));
    }
    return figures.flatMap(({ name, metric, column, live: field }) => {
      const [rows, counted] = [answers.get(metric), live[field]];
      if (!rows || counted === null) return [];
      // Whole units of the last digit, so that a sum of days is exact.
      const asked = rows.reduce((sum, row) => sum + Math.round(Number(row[column] ?? 0) * 1e4), 0) / 1e4;
      const isEqual = asked === Number(counted);
      return { name, stream: String(counted), lake: isEqual ? String(counted) : String(asked), isEqual };
    });
  } finally {
    await closeLake(lake);
  }
}
