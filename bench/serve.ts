import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { isHeadwaterError } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { clickstream } from '@headwater/example-ecommerce';
import {
  closeLake,
  createLake,
  dailyVisitors,
  type Lake,
  resultCache,
  revenue,
  runMetric,
  sql,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';

/** How hard the service is used. */
export interface ServeOptions {
  readonly seconds: number;
  /** Requests a second, whether or not earlier ones have been answered. */
  readonly rate: number;
  readonly events: number;
}

type Shop = Lake<readonly [typeof clickstream]>;

/** What each request asks, in turn: dashboards ask the same again and again, analysts ask something of their own. */
const questions: readonly ((lake: Shop, request: number) => Promise<unknown>)[] = [
  (lake) => runMetric(lake.clickstream, revenue, { from: '2019-10-01', to: '2019-10-07' }),
  (lake) => runMetric(lake.clickstream, dailyVisitors, { from: '2019-10-06', to: '2019-10-07' }),
  (lake, request) =>
    lake.clickstream
      .between('2019-10-07', '2019-10-07')
      .where('price', '>', request % 500)
      .select(({ fn }) => ['brand', fn.countAll<number>().as('events')])
      .groupBy('brand')
      .execute(),
  async (lake, request) => {
    const { batches } = await sql(
      lake,
      `select count(*) as n from clickstream where dt = date '2019-10-0${1 + (request % 7)}'`,
    );
    for await (const _ of batches());
  },
];

/**
 * A service that asks one lake at a steady rate, while another process loads and compacts it every five seconds: what failed,
 * how long answers took, and whether memory grew.
 */
export async function benchServe({ seconds, rate, events }: ServeOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-serve-'));
  try {
    const lake = join(folder, 'lake');
    const input = join(folder, 'events.csv.gz');
    await simulateToFile({ events, days: 7, start: '2019-10-01', seed: 1, out: input });
    await loadEvents({ table: clickstream, lake, inputs: [input] });
    const shop = createLake({
      tables: [clickstream],
      engine: duckdbEngine({ lake, memoryLimit: '500MB' }),
      cache: resultCache({ maxBytes: '50 MB' }),
    });
    await Promise.all(questions.map((ask) => ask(shop, 0)));

    const program = join(import.meta.dirname, 'programs', 'commit-often.ts');
    const writer = spawn(process.execPath, ['--conditions=@headwater/source', program, lake, '5', '2000'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const written = text(writer.stdout);
    const took: number[] = [];
    const failures = new Map<string, number>();
    const memory: number[] = [];
    const asked: Promise<void>[] = [];
    const began = performance.now();
    for (let request = 0; request < seconds * rate; request += 1) {
      const due = began + (request * 1000) / rate;
      const early = due - performance.now();
      if (early > 0) await wait(early);
      // Timed from when it was due: a service that is late is slow, too.
      asked.push(
        ask(shop, request)
          .catch((error: unknown) => {
            const name = isHeadwaterError(error) ? error.code : String(error);
            failures.set(name, (failures.get(name) ?? 0) + 1);
          })
          .then(() => void took.push(performance.now() - due)),
      );
      if (request % (rate * 5) === 0) memory.push(process.memoryUsage().rss / 1e6);
    }
    await Promise.all(asked);
    writer.stdin.end();
    const commits = Number(await written);
    await closeLake(shop);
    print({ rate, seconds, took, failures, memory, commits });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ask = async (lake: Shop, request: number): Promise<void> => {
  await questions[request % questions.length]?.(lake, request);
};

interface Outcome {
  readonly rate: number;
  readonly seconds: number;
  readonly took: number[];
  readonly failures: ReadonlyMap<string, number>;
  readonly memory: readonly number[];
  readonly commits: number;
}

function print({ rate, seconds, took, failures, memory, commits }: Outcome): void {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0)} ms`;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const half = memory.slice(Math.ceil(memory.length / 4));
  const [before, after] = [half.slice(0, half.length / 2), half.slice(half.length / 2)];
  const failed = [...failures].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
  process.stdout.write(`
service: ${rate} requests a second for ${seconds} s, ${commits} commits meanwhile
  answered ${sorted.length}, failed: ${failed}
  p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}
  memory (RSS): ${mean(before).toFixed(0)} MB in the middle, ${mean(after).toFixed(0)} MB at the end, ${Math.max(...memory).toFixed(0)} MB at most
`);
}
