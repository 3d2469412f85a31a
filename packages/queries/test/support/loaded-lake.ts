import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventsTable, InferRow } from '@headwater/core';
import { loadEvents } from '@headwater/etl';

/**
 * Loads rows into a lake as `etl run` does, from a file of their values.
 *
 * @param work a folder for the file, and for the run
 */
export async function loadRows<Table extends EventsTable>(
  table: Table,
  { lake, work }: { readonly lake: string; readonly work: string },
  rows: readonly InferRow<Table>[],
): Promise<void> {
  await mkdir(work, { recursive: true });
  const file = join(work, `${randomUUID()}.jsonl`);
  const text = (value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  await writeFile(
    file,
    rows.map((row) => `${JSON.stringify(row, (_, value: unknown) => text(value))}\n`).join(''),
  );
  await loadEvents({ table, lake, inputs: [file], workFolder: work });
}
