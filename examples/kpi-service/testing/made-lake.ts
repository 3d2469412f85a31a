import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import { events } from '../src/marketplace.ts';
import type { MadeEvent } from './made-events.ts';

export { type MadeEvent, madeEvents } from './made-events.ts';

/** Loads rows into a lake, as files of JSON lines are loaded. */
export async function loadMade(lake: string, folder: string, rows: Iterable<MadeEvent>): Promise<void> {
  const lines = [...rows].map(madeLine);
  const file = join(folder, `events-${lines.length}-${Math.random().toString(36).slice(2)}.jsonl`);
  await writeFile(file, `${lines.join('\n')}\n`);
  await loadEvents({ table: events, lake, inputs: [file] });
}

/** A row as a line of JSON. */
const madeLine = (row: MadeEvent): string =>
  JSON.stringify({ ...row, event_time: row.event_time.toISOString(), product_id: String(row.product_id) });
