import { join } from 'node:path';
import { readLakeHistory } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { compactLake, loadEvents, verifyLake } from '../src/index.ts';
import { compactInSlices } from '../src/maintain/compact-lake.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { committedFiles, freshLake, remainsOf } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-compaction');

async function twiceLoaded(folder: string) {
  const options = { table: events, lake: freshLake(aws.location), workFolder: join(folder, 'work') };
  const rows = rowsOfDays(800, 4);
  for (const half of [0, 1]) {
    const lines = [header, ...rows.filter((_, index) => index % 2 === half)];
    await loadEvents({ ...options, inputs: [await writeLines(folder, `${half}.csv`, lines)] });
  }
  return options;
}

test('a compaction on S3 commits a few days at a time, with the files that one commit would have', async () => {
  const folder = await temporaryFolder();
  const [whole, sliced] = [await twiceLoaded(folder), await twiceLoaded(folder)];
  expect(await compactLake(whole)).toMatchObject({ commits: 1, partitions: 4 });
  const fractions: number[] = [];
  const onProgress = ({ phase, fraction }: { phase: string; fraction: number }): void => {
    if (phase === 'write') fractions.push(fraction);
  };
  const report = await compactInSlices({ ...sliced, onProgress }, 1);
  expect(report).toMatchObject({ commits: 4, partitions: 4, filesBefore: 8, filesAfter: 4, rows: 800 });
  expect(fractions.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
  expect(await committedFiles(sliced.lake)).toEqual(await committedFiles(whole.lake));
  const history = await readLakeHistory(openLakeStore(sliced.lake), events.name, 3);
  expect(
    history.map(({ operation, added }) => [operation, new Set(added.map(({ day }) => day)).size]),
  ).toEqual(Array.from({ length: 4 }, () => ['compact', 1]));
  expect(await verifyLake(sliced)).toMatchObject({ ok: true, rows: 800, leftovers: [] });
  expect(await remainsOf(sliced.lake)).toEqual([]);
  expect(await compactLake(sliced)).toMatchObject({ commits: 0, partitions: 0 });
});
