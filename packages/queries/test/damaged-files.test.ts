import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { quarantineName, readLakeState } from '@headwater/core/internal';
import { loadEvents } from '@headwater/etl';
import { openLakeStore } from '@headwater/storage';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { duckdbEngine } from '../src/engines/duckdb/index.ts';
import { closeLake, createLake, sql } from '../src/index.ts';

const columns = { at: timestamp(), id: z.int64() };
const before = defineEvents('events', { columns, roles: { time: 'at' } });
const now = defineEvents('events', {
  columns: { ...columns, note: z.string().optional() },
  roles: { time: 'at' },
});

/** A lake of one row a day for three days under the definition, with a rejected row. */
async function lakeOf(...definitions: (typeof before | typeof now)[]) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-damaged-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const lake = join(folder, 'lake');
  for (const [load, table] of definitions.entries()) {
    const rows = [1, 2, 3].map((day) => `2019-10-0${day} 00:00:00,${load}${day}`);
    const input = join(folder, `${load}.csv`);
    await writeFile(input, ['at,id', ...rows, `x${load},1`, ''].join('\n'));
    await loadEvents({ table, lake, inputs: [input] });
  }
  const { files, quarantineFiles } = await readLakeState(openLakeStore(lake), 'events');
  const ask = async (text: string): Promise<unknown[]> => {
    const opened = createLake({ tables: [now], engine: duckdbEngine({ lake, threads: 1 }) });
    try {
      const { batches } = await sql(opened, text);
      const rows: unknown[] = [];
      for await (const batch of batches()) rows.push(...batch);
      return rows;
    } finally {
      await closeLake(opened);
    }
  };
  return { lake, files, quarantineFiles, ask };
}

const days = `SELECT count(*)::INT AS n FROM events WHERE dt`;

describe.each([
  ['one definition', [now, now]],
  ['files of two definitions', [before, now]],
] as const)('a lake of %s', (_what, definitions) => {
  test.each(['missing', 'cut off'])(
    'answers about other days when a file is %s, and names it otherwise',
    async (how) => {
      for (const damaged of [0, 1]) {
        const { lake, files, ask } = await lakeOf(...definitions);
        const [{ path } = { path: '' }] = files.filter(({ day }) => day === '2019-10-01').slice(damaged);
        if (how === 'missing') await rm(join(lake, path));
        else await writeFile(join(lake, path), (await readFile(join(lake, path))).subarray(0, 100));
        expect(await ask(`${days} >= DATE '2019-10-02'`)).toEqual([{ n: 4 }]);
        // A condition on another column leaves the day open, so there is no answer without the file.
        for (const text of [
          "SELECT * FROM events WHERE dt = DATE '2019-10-01'",
          'SELECT count(*) FROM events',
          `SELECT count(*) FROM events WHERE "at" >= TIMESTAMP '2019-10-01' AND id IS NOT NULL`,
          'SELECT max(dt) FROM events WHERE note IS NULL',
        ])
          await expect(ask(text)).rejects.toMatchObject({
            code: 'LAKE_CORRUPT',
            payload: { file: path, fix: expect.stringContaining('lake repair --drop-damaged') },
          });
      }
    },
  );

  test('answers about other days when every file of a day is missing', async () => {
    const { lake, files, ask } = await lakeOf(...definitions);
    const first = files.filter(({ day }) => day === '2019-10-01');
    for (const { path } of first) await rm(join(lake, path));
    expect(await ask(`SELECT count(note)::INT AS n FROM events WHERE dt > DATE '2019-10-01'`)).toEqual([
      { n: 0 },
    ]);
  });

  test('answers about its rows when a file of the quarantine is damaged', async () => {
    const { lake, quarantineFiles, ask } = await lakeOf(...definitions);
    for (const { path } of quarantineFiles) await writeFile(join(lake, path), 'not a file');
    expect(await ask(`${days} IS NOT NULL`)).toEqual([{ n: 6 }]);
    await expect(ask(`SELECT * FROM ${quarantineName('events')}`)).rejects.toMatchObject({
      code: 'LAKE_CORRUPT',
      payload: { file: quarantineFiles[0]?.path },
    });
  });
});
