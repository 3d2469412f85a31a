// Loads events into a lake and compacts it, again and again, until the input ends: the writer beside a service.
//   node commit-often.ts <lake> <seconds between commits> <events of a load>
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { compactLake, loadEvents } from '@headwater/etl';
import { clickstream } from '@headwater/example-ecommerce';
import { simulateToFile } from '@headwater/simulator';

const [lake = '', seconds = '5', events = '2000'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'headwater-commits-'));
const stop = new AbortController();
process.stdin.on('end', () => stop.abort()).resume();

let commits = 0;
try {
  for (let seed = 100; !stop.signal.aborted; seed += 1) {
    const began = performance.now();
    const out = join(folder, `${seed}.csv.gz`);
    await simulateToFile({ events: Number(events), days: 7, start: '2019-10-01', seed, out });
    await loadEvents({ table: clickstream, lake, inputs: [out], memoryLimit: '500MB' });
    await compactLake({ table: clickstream, lake, memoryLimit: '500MB' });
    await rm(out);
    commits += 2;
    const left = Number(seconds) * 1000 - (performance.now() - began);
    await wait(Math.max(0, left), undefined, { signal: stop.signal }).catch(() => undefined);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  process.stdout.write(`${commits}\n`);
}
