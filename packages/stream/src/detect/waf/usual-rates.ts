import type { TableSchema } from '@headwater/core';
import { quoteText } from '@headwater/core/internal';
import { type BatchWindow, batchEventsSql } from '../batch/batch-events-sql.ts';
import type { UsualRates } from './suggest-waf-rules.ts';

/**
 * How fast actors of a window are who were not found, as {@link UsualRates}. For DuckDB.
 *
 * @param found the actors that were
 */
export function usualRatesSql(schema: TableSchema, window: BatchWindow, found: readonly string[]): string {
  const others = found.length === 0 ? '' : ` WHERE actor NOT IN (${found.map(quoteText).join(', ')})`;
  return (
    `WITH events AS (${batchEventsSql(schema, window)}), ` +
    `minutes AS (SELECT actor, count(*) AS rows FROM events${others} GROUP BY actor, time // 300000), ` +
    'actors AS (SELECT max(rows) AS rows FROM minutes GROUP BY actor) ' +
    'SELECT count(*)::DOUBLE AS actors, coalesce(quantile_disc(rows, 0.999), 0)::DOUBLE AS high FROM actors'
  );
}

/** Reads the row of {@link usualRatesSql}. */
export const usualRatesOf = (row: Readonly<Record<string, unknown>>): UsualRates => ({
  actors: Number(row['actors']),
  high: Number(row['high']),
});
