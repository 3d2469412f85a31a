import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactLake, loadEvents } from '@headwater/etl';
import { closeLake, createLake, dailyVisitors, runMetric, sql } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expect, onTestFinished, test } from 'vitest';
import { shop } from './support/shop.ts';

const rowsPerLoad = 60;
const loads = 8;

/** A file of events on three days, each of another user and session. */
function eventsOf(load: number): string {
  const rows = Array.from({ length: rowsPerLoad }, (_, index) => {
    const second = String(index).padStart(2, '0');
    const user = load * rowsPerLoad + index;
    return `2024-03-0${3 + (index % 3)} 10:${String(load).padStart(2, '0')}:${second},purchase,${index},phones,acme,10.00,${user},s${user}`;
  });
  return `event_time,event_type,product_id,category,brand,price,user_id,session\n${rows.join('\n')}\n`;
}

test('a service that asks while loads and compactions commit sees no failure, and only whole commits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-service-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const lake = join(folder, 'lake');
  let committed = 0;
  const load = async (): Promise<void> => {
    const file = join(folder, `${committed}.csv`);
    await writeFile(file, eventsOf(committed / rowsPerLoad));
    await loadEvents({ table: shop, lake, inputs: [file] });
    committed += rowsPerLoad;
  };
  await load();
  const open = createLake({ tables: [shop], engine: duckdbEngine({ lake, threads: 1 }) });

  const range = { from: '2024-03-03', to: '2024-03-05' };
  const questions: readonly (() => Promise<number>)[] = [
    async () => {
      const rows = await runMetric(open.shop, dailyVisitors, range);
      return rows.reduce((sum, { events }) => sum + events, 0);
    },
    async () => (await open.shop.between(range.from, range.to).select('user_id').execute()).length,
    async () => {
      let rows = 0;
      const { batches } = await sql(open, 'select user_id from shop');
      for await (const batch of batches()) rows += batch.length;
      return rows;
    },
  ];
  let isWriting = true;
  let answers = 0;
  const ask = async (question: () => Promise<number>): Promise<void> => {
    while (isWriting) {
      const before = committed;
      const rows = await question();
      // What was committed when the query began is seen; a commit of meanwhile may be.
      expect(rows).toBeGreaterThanOrEqual(before);
      expect(rows % rowsPerLoad).toBe(0);
      answers += 1;
    }
  };
  const asking = questions.map(ask);
  try {
    for (let round = 1; round < loads; round += 1) {
      await load();
      if (round % 2 === 0) await compactLake({ table: shop, lake });
    }
  } finally {
    isWriting = false;
    await Promise.all(asking);
  }
  expect(answers).toBeGreaterThan(loads);
  for (const question of questions) expect(await question()).toBe(loads * rowsPerLoad);
  await closeLake(open);
});
