import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decimal, defineEvents, isHeadwaterError, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder } from './events-fixture.ts';
import { type OddFile, oddFile } from './odd-files.ts';
import { queryFiles } from './query-files.ts';
import { readReference } from './reference-reader.ts';

const runs = Number(process.env['HEADWATER_ODD_FILES'] ?? 40);
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

async function loadAndCompare(folder: string, file: OddFile): Promise<void> {
  const input = join(folder, file.path);
  const lake = join(folder, 'lake');
  await mkdir(dirname(input), { recursive: true });
  await writeFile(input, file.stored);
  const hints = file.format === 'csv' ? { header: true, delimiter: ',' } : {};
  const outcome = await loadEvents({
    table,
    lake,
    inputs: [input],
    maxQuarantine: 1,
    threads: 1,
    ...hints,
  }).catch((error: unknown) => {
    if (isHeadwaterError(error)) return error;
    throw error;
  });
  const isEmpty = file.stored.length === 0;
  const isPlainOther = file.stored === file.plain && isOther(file.plain);
  const expected = isEmpty
    ? { accepted: [], rejected: [] }
    : isPlainOther
      ? undefined
      : readReference(table.schema, file.plain, file.format);
  if (isHeadwaterError(outcome)) {
    expect(outcome.code).toMatch(/^INPUT_(?:UNREADABLE|COLUMNS_MISSING)$/);
    expect(outcome.payload).toMatchObject({ file: input });
    expect(expected, outcome.message).toBeUndefined();
    return;
  }
  expect(expected, 'the rules refuse it').toBeDefined();
  const { accepted = [], rejected = [] } = expected ?? {};
  const { rowsIn, rowsOut, duplicates, quarantined } = outcome;
  const rows = accepted.map((row) => [row['at'], row['id'], hex(row['note']), row['amount']].join('|'));
  expect({ rowsIn, rowsOut, duplicates, quarantined }).toEqual({
    rowsIn: accepted.length + rejected.length,
    rowsOut: new Set(rows).size,
    duplicates: rows.length - new Set(rows).size,
    quarantined: rejected.length,
  });
  if (rowsOut > 0) {
    const stored = await queryFiles(
      `SELECT strftime("at", '%Y-%m-%dT%H:%M:%S.%gZ') AS at, id::VARCHAR AS id, hex(note) AS note, amount::VARCHAR AS amount
       FROM read_parquet(FILES, hive_partitioning = false)`,
      join(lake, 'odd'),
    );
    const found = stored.map((row) => [row['at'], row['id'], row['note'], row['amount']].join('|'));
    expect(found.sort()).toEqual([...new Set(rows)].sort());
  }
  if (quarantined > 0) {
    const stored = await queryFiles(
      `SELECT line::INT AS line, [coalesce(r."column" || ':', '') || r.code FOR r IN reasons] AS reasons, hex(raw) AS raw
       FROM read_parquet(FILES, hive_partitioning = false) ORDER BY line`,
      join(lake, 'odd__quarantine'),
    );
    const isWhole = (reasons: unknown): boolean =>
      Array.isArray(reasons) && !String(reasons[0]).includes(':');
    expect(stored.map(({ raw, ...row }) => (isWhole(row['reasons']) ? { ...row, raw } : row))).toEqual(
      rejected
        .map(({ line, reasons, raw }) =>
          raw === undefined ? { line, reasons } : { line, reasons, raw: hex(raw) },
        )
        .sort((left, right) => left.line - right.line),
    );
  }
}

test(`${runs} files of odd bytes are read as the rules say, with every row accounted for`, {
  timeout: 60_000 + runs * 3_000,
}, async () => {
  const folder = await temporaryFolder();
  let run = 0;
  const property = fc.asyncProperty(oddFile, async (file) => {
    const place = join(folder, String(run));
    run += 1;
    try {
      await loadAndCompare(place, file);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });
  await fc.assert(property, { numRuns: runs, ...(seed ? { seed: Number(seed) } : {}) });
});
