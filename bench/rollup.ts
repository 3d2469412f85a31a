import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RollupConfig } from '@headwater/core';
import { loadEvents, refreshRollups } from '@headwater/etl';
import { clickstream } from '@headwater/example-ecommerce';
import { createLake, estimateScan, namedMetricQuery, rollupsIn, tableOf } from '@headwater/queries';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';

const rollups: readonly RollupConfig[] = [
  { metric: 'daily-visitors', grains: ['day'], keys: true, sketch: true },
  { metric: 'revenue', grains: ['day', 'hour'], by: ['none', 'category', 'brand', 'product'], keys: true },
  { metric: 'cart-abandonment', grains: ['day'], by: ['none', 'category'] },
  { metric: 'conversion-funnel', grains: ['day'] },
  { metric: 'session-summary', grains: ['day'] },
  { metric: 'top-products', grains: ['day'], keys: true },
  { metric: 'top-brands', grains: ['day'], keys: true },
  { metric: 'top-categories', grains: ['day'] },
  { metric: 'slow-sellers', grains: ['day'] },
  { metric: 'brand-attention', grains: ['day'], keys: true },
  { metric: 'peak-hours', grains: ['day'], keys: true },
];

const questions: readonly (readonly [metric: string, parameters: object, approximate?: true])[] = [
  ['daily-visitors', { grain: 'day' }],
  ['daily-visitors', { grain: 'all' }],
  ['daily-visitors', { grain: 'all' }, true],
  ['revenue', { grain: 'day' }],
  ['revenue', { grain: 'all' }],
  ['revenue', { grain: 'day', by: 'category' }],
  ['revenue', { grain: 'day', by: 'product' }],
  ['cart-abandonment', { grain: 'day' }],
  ['cart-abandonment', { grain: 'all', by: 'category' }],
  ['conversion-funnel', { grain: 'all' }],
  ['session-summary', { grain: 'day' }],
  ['top-products', {}],
  ['top-brands', {}],
  ['top-categories', {}],
  ['slow-sellers', {}],
  ['brand-attention', {}],
  ['peak-hours', {}],
];

/** A month of events with rollups: what they take to write, and what an answer from them saves. Answers are compared first. */
export async function benchRollup(events: number, rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-rollup-'));
  try {
    const lake = join(folder, 'lake');
    const input = join(folder, 'events.csv');
    await simulateToFile({ events, days: 31, start: '2019-10-01', seed: 1, out: input });
    await loadEvents({ table: clickstream, lake, inputs: [input] });
    const engine = duckdbEngine({ lake, spillFolder: folder });
    await using opened = createLake({ tables: [clickstream], engine });
    const table = tableOf(opened, clickstream.name);
    const report = await refreshRollups({
      table: clickstream,
      lake,
      rollups: rollupsIn(table, rollups),
      open: (source) => openRollupWriter({ lake, spillFolder: folder }, clickstream.schema, source),
    });
    process.stdout.write(`${events} events of 31 days; rollups written in ${report.seconds.toFixed(1)} s\n`);
    for (const { name, isKept, reason, bytes } of report.rollups)
      process.stdout.write(`${name}: ${isKept ? `kept, ${bytes} bytes` : 'not kept'}, ${reason}\n`);
    const range = { from: '2019-10-01', to: '2019-10-31' };
    const lines = [['question', 'ms of events', 'ms', 'bytes of events', 'bytes', 'answered by']];
    for (const [metric, parameters, approximate] of questions) {
      const query = namedMetricQuery(table, metric, { ...range, ...parameters }, { approximate });
      const use = await query.rollup();
      const isEstimate = use.isUsed && use.approximate !== undefined;
      const [stored, raw] = [await query.rows(), await query.rows({ noRollup: true })];
      if (!isEstimate && JSON.stringify(stored) !== JSON.stringify(raw))
        throw new Error(`${metric}: the answers differ`);
      const times = { stored: [] as number[], raw: [] as number[] };
      for (let round = 0; round < rounds * 3; round += 1) {
        times.stored.push(await timeOf(() => query.rows()));
        times.raw.push(await timeOf(() => query.rows({ noRollup: true })));
      }
      const [read, { bytes }] = [
        await estimateScan(opened, query),
        await estimateScan(opened, query, { noRollup: true }),
      ];
      const by = use.isUsed ? use.name.replace(`${clickstream.name}__rollup_`, '') : 'the events';
      lines.push([
        `${metric} ${Object.values(parameters).join(' ')}${approximate ? ' approximate' : ''}`.trim(),
        ...[median(times.raw), median(times.stored), String(bytes), String(read.bytes)],
        isEstimate ? `${by}, estimated` : by,
      ]);
    }
    process.stdout.write(tableOfLines(lines));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const median = (values: readonly number[]): string =>
  (values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0).toFixed(1);

/** Lines as a table: texts on the left, figures on the right. */
function tableOfLines(lines: readonly (readonly string[])[]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const cell = (text: string, column: number): string =>
    /^[\d.]+$/.test(text) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return lines.map((line) => `${line.map(cell).join('  ').trimEnd()}\n`).join('');
}
