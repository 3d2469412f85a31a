import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import { events } from '../src/marketplace.ts';
import type { MadeEvent } from './made-events.ts';

/** Loads rows into a lake, as files of JSON lines are loaded. */
export async function loadMade(lake: string, folder: string, rows: Iterable<MadeEvent>): Promise<void> {
  const lines = [...rows].map((row) =>
    JSON.stringify({ ...row, event_time: row.event_time.toISOString(), product_id: String(row.product_id) }),
  );
  const file = join(folder, `events-${lines.length}-${Math.random().toString(36).slice(2)}.jsonl`);
  await writeFile(file, `${lines.join('\n')}\n`);
  await loadEvents({ table: events, lake, inputs: [file] });
}
