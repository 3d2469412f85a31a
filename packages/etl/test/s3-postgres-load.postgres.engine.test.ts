import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { useAwsSandbox, usePostgres } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { compactLake, loadPostgres, syncLake } from '../src/index.ts';
import { events, rowsOfDays } from './events-fixture.ts';
import { postgresFixture } from './postgres-fixture.ts';
import { freshLake } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-postgres');
const postgres = usePostgres();

test('a lake on S3 is loaded as its copy in a folder is, and each goes on where the other stopped', async () => {
  const { folder, lake, url, add, expectSame } = await postgresFixture(postgres);
  const there = freshLake(aws.location);
  const workFolder = join(folder, 'work');
  const sync = () => syncLake({ table: events, from: lake, to: there, workFolder });
  const load = (from: string) => loadPostgres({ table: events, lake: from, url, workFolder });
  await add(rowsOfDays(900, 3));
  await sync();
  expect(await load(there)).toMatchObject({ isNew: true, files: 3, rows: 900, totalRows: 900 });
  await expectSame();
  expect(await load(lake)).toMatchObject({ files: 0, rows: 0, from: 1, to: 1 });

  await add(rowsOfDays(300, 2, 5000));
  await load(lake);
  // The copy is behind what was loaded.
  await expect(load(there)).rejects.toMatchObject({ code: 'WAREHOUSE_DIVERGED' });
  await compactLake({ table: events, lake });
  await sync();
  expect(await load(there)).toMatchObject({ from: 2, to: 3, daysReplaced: 2, totalRows: 1200 });
  await expectSame();
  // Nothing of the lake is left on this machine.
  expect(await readdir(workFolder, { recursive: true })).not.toContainEqual(
    expect.stringMatching(/headwater-warehouse/),
  );
});
