import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { newToken, tokenDigest } from '@headwater/access';
import { loadMade, madeEvents } from '@headwater/example-kpi-service/testing';

/** How hard the service is used. */
export interface KpiOptions {
  readonly seconds: number;
  /** Requests a second, whether or not earlier ones have been answered. */
  readonly rate: number;
  readonly events: number;
}

const tenants = ['north', 'south', 'west'] as const;
const start = '2024-03-01';
const week = 'from=2024-03-01&to=2024-03-07';

/** What requests ask in turn: dashboards the same again and again, analysts something of their own. */
const questions: readonly ((request: number) => { readonly path: string; readonly accept?: string })[] = [
  () => ({ path: `/v1/metrics/revenue?${week}` }),
  () => ({ path: `/v1/metrics/daily-visitors?${week}&by=country` }),
  (at) => ({
    path: `/v1/metrics/top-products?from=2024-03-0${1 + (at % 7)}&to=2024-03-07&limit=${10 + (at % 90)}`,
  }),
  () => ({ path: `/v1/values/brand?${week}` }),
  (at) => ({
    path: `/v1/metrics/revenue?from=2024-03-0${1 + (at % 7)}&to=2024-03-07&grain=hour&where.country=DE`,
    accept: 'application/x-ndjson',
  }),
  () => ({
    path: `/v1/metrics/top-brands?${week}&limit=1000`,
    accept: 'application/vnd.apache.arrow.stream',
  }),
];

/**
 * The example service as a process of its own, asked by three tenants at a steady rate while rows are loaded every 15 seconds: what
 * failed, how long answers took, and whether its memory grew.
 */
export async function benchKpi({ seconds, rate, events }: KpiOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-kpi-'));
  const lake = join(folder, 'lake');
  const tokens = new Map(tenants.map((name) => [name, newToken('kpi_')]));
  const limits = { requestsPerSecond: 10_000, burst: 100_000, scanBytesPerHour: 1e15 };
  const access = {
    tenants: Object.fromEntries(tenants.map((name) => [name, limits])),
    tokens: [...tokens].map(([tenant, token]) => ({
      name: tenant,
      tenant,
      sha256: tokenDigest(token),
      expires: '2100-01-01T00:00:00Z',
    })),
  };
  await writeFile(join(folder, 'access.json'), JSON.stringify(access));
  const load = async (count: number, seed: number): Promise<void> => {
    const rows = tenants.flatMap((merchant, at) => [
      ...madeEvents({
        merchant,
        seed: seed * 10 + at,
        count: Math.ceil(count / tenants.length),
        start,
        days: 7,
      }),
    ]);
    await loadMade(lake, folder, rows);
  };
  await load(events, 1);
  const program = join(import.meta.dirname, '..', 'examples', 'kpi-service', 'src', 'server.ts');
  const service = spawn(process.execPath, ['--conditions=@headwater/source', program], {
    env: {
      ...process.env,
      KPI_LAKE: lake,
      KPI_ACCESS: join(folder, 'access.json'),
      KPI_PORT: '0',
      KPI_MEMORY: '500MB',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: service.stdout });
    const url = await new Promise<string>((resolve) =>
      lines.on('line', (line) => {
        const port = /listening on [\d.]+:(\d+)/.exec(line)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      }),
    );
    const ask = async (request: number): Promise<string> => {
      const { path, accept = 'application/json' } = questions[request % questions.length]?.(request) ?? {
        path: '/',
      };
      const token = tokens.get(tenants[request % tenants.length] ?? 'north');
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
      const body = await answer.arrayBuffer();
      return answer.ok && body.byteLength > 0
        ? 'ok'
        : `${answer.status} ${Buffer.from(body).toString().slice(0, 200)}`;
    };
    for (let at = 0; at < questions.length * tenants.length; at += 1) await ask(at);

    const took: number[] = [];
    const failures = new Map<string, number>();
    const memory: number[] = [];
    const asked: Promise<void>[] = [];
    let commits = 0;
    let loading = Promise.resolve();
    const began = performance.now();
    for (let request = 0; request < seconds * rate; request += 1) {
      const due = began + (request * 1000) / rate;
      const early = due - performance.now();
      if (early > 0) await wait(early);
      // Timed from when it was due: a service that is late is slow, too.
      asked.push(
        ask(request)
          .catch((error: unknown) => `${error} ${error instanceof Error ? error.cause : ''}`)
          .then((outcome) => {
            took.push(performance.now() - due);
            if (outcome !== 'ok') failures.set(outcome, (failures.get(outcome) ?? 0) + 1);
          }),
      );
      if (request % (rate * 5) === 0) memory.push(residentMegabytes(service.pid ?? 0));
      if (request % (rate * 15) === rate * 7) {
        commits += 1;
        loading = loading.then(() => load(300, 100 + commits));
      }
    }
    await Promise.all(asked);
    await loading;
    const sorted = took.toSorted((one, other) => one - other);
    const at = (share: number) => `${(sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0)} ms`;
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const later = memory.slice(Math.ceil(memory.length / 4));
    const [before, after] = [later.slice(0, later.length / 2), later.slice(later.length / 2)];
    const failed = [...failures].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
    process.stdout.write(`
kpi-service: ${rate} requests a second for ${seconds} s, ${tenants.length} tenants, ${events} events, ${commits} commits meanwhile
  answered ${sorted.length}, failed: ${failed}
  p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}
  memory (RSS): ${mean(before).toFixed(0)} MB in the middle, ${mean(after).toFixed(0)} MB at the end, ${Math.max(...memory).toFixed(0)} MB at most
`);
    if (failures.size > 0) process.exitCode = 1;
  } finally {
    const ended = once(service, 'exit');
    service.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a process has in memory, as the system counts it. */
const residentMegabytes = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000;
