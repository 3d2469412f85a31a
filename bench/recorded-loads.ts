import type { LoadedSize } from './load-throughput.ts';

/**
 * What `npm run bench -- load --engine spark --rounds 1` measured, processor seconds of whole loads by Spark 3.5.6 on two threads: the smallest and the
 * largest size. `docs/scale.md` and the throughput that jobs are sized by follow from it, and a test compares them.
 */
export const recordedSparkLoads: readonly [small: LoadedSize, large: LoadedSize] = [
  { rows: 2000000, bytes: 265939560, cpuSeconds: 93.12 },
  { rows: 10000000, bytes: 1329902562, cpuSeconds: 250.5 },
];
