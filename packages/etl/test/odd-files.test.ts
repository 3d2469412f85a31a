import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decimal, defineEvents, isHeadwaterError, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type LoadReport, loadEvents } from '../src/index.ts';
import { temporaryFolder } from './events-fixture.ts';
import { type OddFile, oddFile } from './odd-files.ts';
import { queryFiles } from './query-files.ts';
import { type ReferenceReading, readReference } from './reference-reader.ts';

const runs = Number(process.env['HEADWATER_ODD_FILES'] ?? 20);
const seed = process.env['HEADWATER_ODD_FILES_SEED'];

const table = defineEvents('odd', {
  columns: {
    at: timestamp(),
    id: z.int64(),
    note: z.string().optional(),
    amount: decimal(20, 4).optional(),
  },
  roles: { time: 'at' },
});

/** How a plain file may begin that is no text. */
const isOther = (bytes: Buffer): boolean =>
  /^(?:1f8b|28b52ffd|5[0-9a-f]2a4d18|504b0304|50415231|fffe|feff)/.test(bytes.toString('hex', 0, 4));

/** A text so that the driver cannot change it: it takes a mark at the beginning for one of UTF-8. */
const hex = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : Buffer.from(text).toString('hex').toUpperCase();

/** A file on the disk, with what the rules make of it; undefined when they refuse it. */
interface PlacedFile {
  readonly path: string;
  readonly file: OddFile;
  readonly expected: ReferenceReading | undefined;
}

async function place(folder: string, file: OddFile, hasHeader: boolean): Promise<PlacedFile> {
  const path = join(folder, file.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.stored);
  const isRefused = file.stored === file.plain && isOther(file.plain);
  const read = (): ReferenceReading | undefined =>
    readReference(table.schema, file.plain, file.format, hasHeader);
  const expected = file.plain.length === 0 ? { accepted: [], rejected: [] } : isRefused ? undefined : read();
  return { path, file, expected };
}

const load = (lake: string, files: readonly PlacedFile[], header: boolean): Promise<LoadReport> =>
  loadEvents({
    table,
    lake,
    inputs: files.map(({ path }) => path),
    header,
    delimiter: ',',
    maxQuarantine: 1,
    threads: 1,
  });

/** Files that the rules refuse end a load with their name; all others are loaded together. */
async function loadAndCompare(
  folder: string,
  oddFiles: readonly OddFile[],
  hasHeader: boolean,
): Promise<void> {
  const files = await Promise.all(
    oddFiles.map((file, index) => place(join(folder, String(index)), file, hasHeader)),
  );
  const lake = join(folder, 'lake');
  for (const refused of files.filter(({ expected }) => expected === undefined)) {
    const outcome: unknown = await load(lake, [refused], hasHeader).catch((error: unknown) => error);
    if (!isHeadwaterError(outcome))
      throw new Error('a file that the rules refuse was loaded', { cause: outcome });
    expect(outcome.code).toMatch(/^INPUT_(?:UNREADABLE|COLUMNS_MISSING|COLUMN_COUNT)$/);
    expect(outcome.payload).toMatchObject({ file: refused.path });
  }
  const good = files.filter(({ expected }) => expected !== undefined);
  if (good.length === 0) return;
  const report = await load(lake, good, hasHeader);
  // The same content twice is loaded once.
  const fresh = good.filter(
    ({ file }, index) => good.findIndex((other) => other.file.stored.equals(file.stored)) === index,
  );
  const rows = fresh.flatMap(({ expected }) => expected?.accepted ?? []).map(rowText);
  const rejected = fresh.flatMap(({ path, expected }) =>
    (expected?.rejected ?? []).map(({ line, reasons, raw }) => ({ path, line, reasons, raw: hex(raw) })),
  );
  expect(report).toMatchObject({
    rowsIn: rows.length + rejected.length,
    rowsOut: new Set(rows).size,
    duplicates: rows.length - new Set(rows).size,
    quarantined: rejected.length,
  });
  expect(report.inputs.map(({ source, rowsIn }) => [source, rowsIn])).toEqual(
    good.map((one) => {
      const { accepted = [], rejected: bad = [] } = one.expected ?? {};
      return [one.path, fresh.includes(one) ? accepted.length + bad.length : 0];
    }),
  );
  if (report.rowsOut > 0) {
    const stored = await queryFiles(
      `SELECT strftime("at", '%Y-%m-%dT%H:%M:%S.%gZ') AS at, id::VARCHAR AS id, hex(note) AS note, amount::VARCHAR AS amount
       FROM read_parquet(FILES, hive_partitioning = false)`,
      join(lake, 'odd'),
    );
    const found = stored.map((row) => [row['at'], row['id'], row['note'], row['amount']].join('|'));
    expect(found.sort()).toEqual([...new Set(rows)].sort());
  }
  if (rejected.length > 0) {
    const stored = await queryFiles(
      `SELECT source AS path, line::INT AS line, [coalesce(r."column" || ':', '') || r.code FOR r IN reasons] AS reasons,
         CASE WHEN reasons[1]."column" IS NULL THEN hex(raw) END AS raw
       FROM read_parquet(FILES, hive_partitioning = false)`,
      join(lake, 'odd__quarantine'),
    );
    const sorted = (all: readonly object[]): string[] => all.map((one) => JSON.stringify(one)).sort();
    expect(sorted(stored)).toEqual(sorted(rejected));
  }
}

const rowText = (row: Readonly<Record<string, string | null>>): string =>
  [row['at'], row['id'], hex(row['note']), row['amount']].join('|');

test(`${runs} loads of odd files are as the rules say, with every row accounted for`, {
  timeout: 60_000 + runs * 6_000,
}, async () => {
  const folder = await temporaryFolder();
  let run = 0;
  const files = fc.array(oddFile, { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(files, fc.boolean(), async (some, hasHeader) => {
    const here = join(folder, String(run));
    run += 1;
    try {
      await loadAndCompare(here, some, hasHeader);
    } finally {
      await rm(here, { recursive: true, force: true });
    }
  });
  await fc.assert(property, { numRuns: runs, ...(seed ? { seed: Number(seed) } : {}) });
});
