import type { EventsTable, RawRecord } from '@headwater/core';
import { lookupFileSchema } from '@headwater/core/internal';
import { schemaRecords } from './line-records.ts';

/**
 * Reads the files of a table's lookups for the cleaning of records: `createRecordCleaner`, or a stream.
 *
 * @param files the file of each lookup, by its name: CSV or JSON Lines. One of another name is left out: whoever takes the rows refuses a
 *   lookup that is missing
 * @throws HeadwaterError `INPUT_*`
 */
export async function readLookupRows(
  { schema }: Pick<EventsTable, 'schema'>,
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly RawRecord[]>>> {
  const rows: Record<string, RawRecord[]> = {};
  for (const [name, rule] of Object.entries(schema.lookups ?? {})) {
    const file = files[name];
    if (file === undefined) continue;
    const read: RawRecord[] = [];
    for await (const block of schemaRecords(file, lookupFileSchema(rule)))
      for (const record of block) read.push(textsOf(JSON.parse(Buffer.from(record).toString('utf8'))));
    rows[name] = read;
  }
  return rows;
}

const textsOf = (row: Readonly<Record<string, unknown>>): RawRecord =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
  );
