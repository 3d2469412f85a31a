import { detectInLake } from '@headwater/cli/detect';
import { loadEvents } from '@headwater/etl';
import { clickstream } from '@headwater/example-ecommerce';
import { closeLake, createLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import type { Incident } from '@headwater/stream';

/** The days of a lake. */
export interface LakeDays {
  /** The first, `YYYY-MM-DD` in UTC. */
  readonly start: string;
  readonly days: number;
}

/**
 * Loads a file of events into a new lake, and detects in it as `headwater detect` does.
 *
 * @param folder of the lake
 * @param allow actors that are not watched
 */
export async function incidentsInLake(
  folder: string,
  file: string,
  allow: readonly string[],
  { start, days }: LakeDays,
): Promise<readonly Incident[]> {
  await loadEvents({ table: clickstream, lake: folder, inputs: [file] });
  const lake = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: folder }) });
  try {
    const from = new Date(start);
    const incidents: Incident[] = [];
    await detectInLake(lake.clickstream, {
      from,
      to: new Date(from.getTime() + days * 86_400_000),
      detection: { allow },
      onIncident: (incident) => void incidents.push(incident),
    });
    return incidents;
  } finally {
    await closeLake(lake);
  }
}
