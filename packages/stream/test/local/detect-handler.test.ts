import { expect, test } from 'vitest';
import { createIncidentLog } from '../../src/alerts/incident-log.ts';
import { createDetection } from '../../src/detect/detection.ts';
import { createEmbeddedNotifier } from '../../src/index.ts';
import { detectHandler } from '../../src/local/run/detect-handler.ts';
import { runStream } from '../../src/local/run/run-stream.ts';
import { createRecordReader } from '../../src/record/record-reader.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { counting } from '../detect/counting-detector.ts';
import { shop } from '../handlers/shop-table.ts';
import { FileArchive } from './file-archive.ts';

const start = Date.UTC(2026, 1, 1);
const detectors = { counting };
const detection = { lateness: 600, quiet: 900 } as const;

/** Two hours of 60 shoppers, of whom two are too fast for a while; for three minutes nobody comes. */
const events = Array.from({ length: 7200 }, (_, second) => second)
  .filter((second) => second < 5000 || second >= 5180)
  .flatMap((second) => {
    const fast = second % 3 === 0 && ((second > 600 && second < 700) || (second > 3000 && second < 3200));
    return [
      { second, user: (second * 7) % 60 },
      ...(fast ? [{ second, user: second < 2000 ? 77 : 78 }] : []),
    ];
  })
  .map(({ second, user }, index) => ({
    ...{ event_time: new Date(start + second * 1000), event_type: 'view', product_id: BigInt(index % 9) },
    ...{ price: 2.5, user_id: BigInt(user), email: null, session_id: `s${user}` },
  }));

async function* source() {
  for (const event of events)
    yield {
      data: Buffer.from(
        JSON.stringify(event, (_name, value) => (typeof value === 'bigint' ? Number(value) : value)),
      ),
      partitionKey: event.session_id,
      eventTime: event.event_time,
    };
}

test.each([1, 4])('tells what one detection finds, over %i shards and faults', async (shards) => {
  const pure = createDetection(shop, detectors, detection);
  const log = createIncidentLog(shop, { quiet: detection.quiet });
  const end = new Date(start + 7_199_000 + 600_000);
  const findings = [
    ...events.flatMap((event) => pure.observe(event)),
    ...pure.advance(end),
    ...pure.finish(),
  ];
  const expected = log.tell(findings);
  expect(expected.filter(({ state }) => state === 'open').map(({ subject }) => subject)).toEqual([
    ...['77', '78', 'shop_events'],
  ]);

  const notifier = createEmbeddedNotifier();
  await runStream({
    table: shop,
    source: source(),
    archive: new FileArchive(createRecordReader(shop)),
    handlers: [detectHandler(shop, { detection, detectors, store: createEmbeddedAlertStore(), notifier })],
    stream: { shards, capacity: 2000 },
    // Records that are put again much later would be late: the source does not wait, so minutes pass at once.
    faults: { seed: 5, lostAnswers: 0.02, crashesAfterWork: 0.1, crashesBeforeCheckpoint: 0.1 },
    send: { backoff: { baseMilliseconds: 1, maximumMilliseconds: 5 } },
    retryMs: 1,
  });
  expect(notifier.messages().map(({ body }) => JSON.parse(body))).toEqual(expected);
});

test('what could not be told is told with the next delivery', async () => {
  const told: string[] = [];
  let failures = 1;
  const embedded = createEmbeddedNotifier(({ body }) => void told.push(JSON.parse(body).subject));
  const notifier: typeof embedded = {
    ...embedded,
    async publish(messages) {
      if (failures-- > 0)
        return { published: [], failed: messages.map(({ id }) => ({ id, reason: 'throttled' })) };
      return embedded.publish(messages);
    },
  };
  const handler = detectHandler(shop, { detectors, store: createEmbeddedAlertStore(), notifier });
  const results = events.slice(0, 900).map((event, index) => ({
    ...({ kind: 'event', event, sequenceNumber: String(index), nulled: [], unmatched: [] } as const),
  }));
  const now = new Date(start + 890_000);
  await expect(handler.process(results as never, { shard: '1' } as never, now)).rejects.toThrow('throttled');
  await handler.process([], { shard: '1' } as never, new Date());
  expect(told).toEqual(['77']);
});
