import { type CaseKindName, simulateRows } from '@headwater/simulator';
import { describe, expect, it } from 'vitest';
import { createIncidentLog } from '../../src/alerts/incident-log.ts';
import { createDetection } from '../../src/detect/detection.ts';
import type { DetectionConfig } from '../../src/detect/detection-config.ts';
import { detectorTable } from '../../src/detect/detector-table.ts';
import { lambdaDetection } from '../../src/handlers/detect-handler.ts';
import { createDetectHandler } from '../../src/handlers/index.ts';
import { createEmbeddedNotifier, type Incident } from '../../src/index.ts';
import { createRandom } from '../../src/local/faults/random.ts';
import { createRecordReader } from '../../src/record/record-reader.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { poisonList } from './deliver.ts';
import { shop } from './shop-table.ts';
import { shardDriver } from './window-driver.ts';

const shards = 2;
const detection = { lateness: 10, quiet: 1800 } as const;
const read = createRecordReader(shop);

interface Row {
  readonly text: string;
  readonly time: number;
  readonly shard: number;
}

/** The rows of a simulated shop, as they lie in the shards. */
function simulated(events: number, days: number, kinds: readonly CaseKindName[]): readonly Row[] {
  const options = { events, days, start: '2026-02-01', seed: 2, attacks: { level: 'easy', kinds } } as const;
  return [...simulateRows(options)].map(
    ({ event_time, event_type, product_id, price, user_id, user_session }) => ({
      text: JSON.stringify({
        ...{
          event_time,
          event_type,
          product_id,
          price,
          user_id: String(user_id),
          session_id: user_session ?? '',
        },
      }),
      time: event_time.getTime(),
      shard: Number(user_id % BigInt(shards)),
    }),
  );
}

/** What is told of rows in one process. */
function toldInOneProcess(rows: readonly Row[], config: DetectionConfig): Incident[] {
  const watcher = createDetection(shop, detectorTable, { ...config, ...detection });
  const log = createIncidentLog(shop, { quiet: detection.quiet });
  return rows.flatMap(({ text }) => {
    const result = read({ data: Buffer.from(text), sequenceNumber: '1' });
    if (result.kind !== 'event') throw new Error(`No event: ${text}`);
    return log.tell(watcher.observe(result.event));
  });
}

/** Delivers the rows by shard, in turns; each invocation may fail after its work, or be of a cold instance. */
async function deliver(rows: readonly Row[], batchSize: number, chance: () => boolean) {
  const store = createEmbeddedAlertStore();
  const notifier = createEmbeddedNotifier();
  const now = Date.UTC(2026, 1, 3);
  let isFailing = false;
  const make = () =>
    createDetectHandler(shop, {
      ...{ detection, store, failures: poisonList(), now: () => now },
      notifier: {
        async publish(messages) {
          const report = await notifier.publish(messages);
          if (isFailing) throw new Error('crash');
          return report;
        },
      },
    });
  let warm = make();
  let size = 0;
  const drivers = Array.from({ length: shards }, (_, index) => {
    const records = rows
      .filter(({ shard }) => shard === index)
      .map(({ text, time }) => ({ text, arrived: time + 100 }));
    return shardDriver(`shardId-00000000000${index}`, records, {
      windowSeconds: 7200,
      batchSize,
      instance: () => async (event, context) => {
        isFailing = chance();
        if (chance()) warm = make();
        const response = await warm(event, context);
        size = Math.max(size, JSON.stringify(response.state).length);
        return response;
      },
    });
  });
  for (let isLeft = true; isLeft; ) {
    const left = [];
    for (const driver of drivers) left.push(await driver.next());
    isLeft = left.includes(true);
  }
  const carried = async (name: string) => (await store.loadCarry(name, new Date(now)))?.state.length ?? 0;
  return {
    told: notifier.messages().map(({ body }): Incident => JSON.parse(body)),
    size,
    judgeSize: await carried('detect-judge/shop-clicks'),
    carrySize: await carried('detect/shop-clicks/shardId-000000000000'),
  };
}

const texts = (incidents: readonly Incident[]) =>
  incidents.map(({ evidence: _, ...incident }) => JSON.stringify(incident)).sort();
const about = (type: Incident['subject_type'], incidents: readonly Incident[]) =>
  incidents.filter(({ subject_type }) => subject_type === type);

describe('createDetectHandler', () => {
  it('tells of actors what one process tells, whatever crashes and whichever instance goes on', async () => {
    const rows = simulated(6000, 1, ['fast_scraper', 'cart_bomber', 'power_user']);
    const random = createRandom(4, 'chances');
    const { told, size, carrySize } = await deliver(rows, 150, () => random() < 0.2);
    // An actor is in one shard, which knows of no time but its own.
    const expected = Array.from({ length: shards }, (_, index) =>
      toldInOneProcess(
        rows.filter(({ shard }) => shard === index),
        lambdaDetection({}),
      ),
    ).flat();
    expect(about('actor', expected).length).toBeGreaterThan(3);
    expect(texts(about('actor', told))).toEqual(texts(about('actor', expected)));
    // Lambda takes 1 MB, and an item of DynamoDB 400 KB.
    expect([size < 1_000_000, carrySize > 0, carrySize < 390_000]).toEqual([true, true, true]);
  });

  it('judges what all shards have counted of the site', async () => {
    const rows = simulated(14_000, 2, ['distributed_flood', 'flash_sale']);
    const { told, judgeSize } = await deliver(rows, 150, () => false);
    const expected = about('site', toldInOneProcess(rows, {}));
    expect(expected[0]).toMatchObject({ kind: 'distributed-flood', state: 'open' });
    // Clients that are new are told from known ones by a filter in each shard, so counts differ by a few.
    const found = about('site', told);
    expect(found.map(({ kind, state, time }) => [kind, state, time])).toEqual(
      expected.map(({ kind, state, time }) => [kind, state, time]),
    );
    for (const [index, { seen }] of found.entries())
      expect(Math.abs(seen / (expected[index]?.seen ?? 1) - 1)).toBeLessThan(0.05);
    expect(found[0]?.actors.length).toBeGreaterThan(100);
    expect(judgeSize).toBeLessThan(380_000);
  });
});
