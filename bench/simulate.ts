import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateToFile } from '@headwater/simulator';

/** Rows a second that the simulator writes as CSV. */
export async function benchSimulate(rows: number): Promise<void> {
  const out = join(tmpdir(), 'headwater-bench-simulate.csv');
  const started = performance.now();
  await simulateToFile({ events: rows, days: 31, start: '2019-10-01', seed: 1, out });
  const seconds = (performance.now() - started) / 1000;
  rmSync(out);
  process.stdout.write(`simulate: ${Math.round(rows / seconds).toLocaleString('en-US')} CSV rows a second\n`);
}
