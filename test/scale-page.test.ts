import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capacityTable } from '../bench/capacity.ts';
import { throughputBetween } from '../bench/load-throughput.ts';
import { recordedSparkLoads } from '../bench/recorded-loads.ts';
import { sparkBytesPerCoreSecond } from '../packages/core/src/internal.ts';
import { repositoryRoot } from './repository-files.ts';

test('docs/scale.md has the figures that follow from the recorded throughput', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/scale.md'), 'utf8');
  expect(page).toContain(capacityTable());
  expect(page).toContain(`${(sparkBytesPerCoreSecond / 1e6).toFixed(1)} MB a second on a core`);
  const { rows, bytes, fixedSeconds } = throughputBetween(...recordedSparkLoads);
  expect(sparkBytesPerCoreSecond).toBe(Math.floor(bytes / 1e5) * 1e5);
  expect(page).toContain(`${Math.round(rows).toLocaleString('en-US')} of these rows`);
  expect(page).toContain(`${fixedSeconds.toFixed(0)} seconds whatever the rows`);
  for (const { rows: loaded, cpuSeconds } of recordedSparkLoads)
    expect(page).toContain(`| ${loaded.toLocaleString('en-US')} | ${cpuSeconds.toFixed(1)} s |`);
});
