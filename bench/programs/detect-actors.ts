// Runs all detectors, or the fixed threshold, over the rows of so many actors, and says how long that took and how much memory it holds.
//   node --expose-gc detect-actors.ts <actors> <events> [--baseline]
import { allDetectors, fixedThreshold } from '../detection/run-watcher.ts';
import { steadyTraffic } from '../detection/steady-traffic.ts';
import { printOutcome } from './print-outcome.ts';

const [actors = 10_000, events = 1_000_000] = process.argv.slice(2, 4).map(Number);
const watcher = process.argv.includes('--baseline') ? fixedThreshold([]) : allDetectors([]);
/** Rows that are made beside the clock before they are watched. */
const perBatch = 10_000;
let rows: Parameters<typeof watcher.observe>[0][] = [];
let seconds = 0;
let found = 0;
const watch = (): void => {
  const started = process.cpuUsage();
  for (const row of rows) found += watcher.observe(row).length;
  const { user, system } = process.cpuUsage(started);
  seconds += (user + system) / 1e6;
  rows = [];
};
for (const row of steadyTraffic(actors, events)) if (rows.push(row) === perBatch) watch();
watch();
globalThis.gc?.();
const { heapUsed, arrayBuffers } = process.memoryUsage();
// What they found is part of the work, and watcher is in use until here.
process.stderr.write(`  ${actors} actors: ${found + watcher.finish().length} findings\n`);
printOutcome(events, seconds, heapUsed + arrayBuffers);
