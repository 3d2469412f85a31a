import type { TableSchema } from '@headwater/core';
import { zoneOffsets } from '@headwater/core/internal';
import { answerZone, type Lake } from '@headwater/queries';
import { createAsker } from '../ask/asker.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import type { LakeHour, Measure } from './compare-hours.ts';

/** The metric that has each measure. */
const metrics: Readonly<Record<string, readonly Measure[]>> = {
  'daily-visitors': ['events', 'visitors', 'sessions'],
  'cart-abandonment': ['cartSessions'],
  revenue: ['revenue'],
};

/**
 * Asks the lake for hours, by the metrics that it has: what a table cannot have is absent.
 *
 * @param hours the first instants of the first and the last hour
 * @returns the hours with events, by their first instants in milliseconds since 1970
 * @throws HeadwaterError what queries throw
 */
export async function askLakeHours(
  lake: Lake,
  schema: TableSchema,
  hours: { readonly first: Date; readonly last: Date },
  signal: AbortSignal,
): Promise<ReadonlyMap<number, LakeHour>> {
  const zone = answerZone({ schema }) ?? 'UTC';
  const range: DayRange = { from: localDay(zone, hours.first), to: localDay(zone, hours.last) };
  const { ask } = createAsker(lake, schema, { signal });
  const found = new Map<number, LakeHour>();
  for (const [metric, measures] of Object.entries(metrics)) {
    const asked = await ask({ metric, parameters: { grain: 'hour' } }, range);
    if (!asked) continue;
    const has = measures.filter((measure) => asked.answer.columns.some(({ name }) => name === measure));
    for (const row of asked.answer.rows) {
      const hour = Date.parse(String(row['period']));
      const values = Object.fromEntries(has.map((measure) => [measure, row[measure] as number | string]));
      found.set(hour, { ...found.get(hour), ...values });
    }
    // An hour in which nothing of a metric happened has no row of it: it is none, and not unknown.
    for (const [hour, values] of found)
      found.set(hour, { ...Object.fromEntries(has.map((measure) => [measure, 0])), ...values });
  }
  return found;
}

/** The day of an instant in a zone, `YYYY-MM-DD`. */
function localDay(zone: string, instant: Date): string {
  const [{ offsetMilliseconds = 0 } = {}] = zoneOffsets(zone, instant, new Date(instant.getTime() + 1));
  return new Date(instant.getTime() + offsetMilliseconds).toISOString().slice(0, 10);
}
