import { expect, test } from 'vitest';
import {
  createDeliveryHandler,
  type Delivery,
  type DeliveryOptions,
  type DeliveryOutcome,
  deliveredRecords,
  parseKinesisEvent,
} from '../../src/handlers/index.ts';
import { contextOf, kinesisDelivery, metricList, poisonList, sequenceNumberOf } from './deliver.ts';
import { shop } from './shop-table.ts';

const good =
  '{"event_time":"2026-01-31T23:59:58Z","event_type":"view","product_id":41,"price":12.5,"user_id":7,"session_id":"s"}';
const bad = good.replace('12.5', '-1');

/** Delivers texts to work that leaves the places of `unprocessed`. */
async function deliver(
  texts: readonly string[],
  work: (delivery: Delivery<object>) => DeliveryOutcome | Promise<DeliveryOutcome> = () => ({}),
  options: Partial<DeliveryOptions> = {},
) {
  const failures = poisonList();
  const metrics = metricList();
  const handler = createDeliveryHandler(
    shop,
    { handler: 'tested', process: async (delivery) => work(delivery) },
    { failures, metrics, now: () => 1769904010_500, ...options },
  );
  const records = deliveredRecords(parseKinesisEvent('tested', kinesisDelivery(texts)));
  const answer = await handler(records, contextOf()).finally(() => expect(metrics.published).toHaveLength(1));
  return { answer, poison: failures.stored, metrics: metrics.published[0] };
}

const from = (place: number) => ({ batchItemFailures: [{ itemIdentifier: sequenceNumberOf(place) }] });

test('a delivery that is processed has no failures', async () => {
  const { answer, metrics } = await deliver([good, good]);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(metrics).toEqual({
    ...{ Records: 2, Events: 2, Filtered: 0, Poison: 0, Unprocessed: 0, ArrivalAge: 10_000 },
  });
});

test('an empty delivery is processed, and has no age', async () => {
  const { answer, metrics } = await deliver([]);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(metrics).not.toHaveProperty('ArrivalAge');
});

test('the answer has the lowest number, compared as a number', async () => {
  // As text, ...0000 (place 10) is lower than ...9999 (place 9).
  expect(sequenceNumberOf(10) < sequenceNumberOf(9)).toBe(true);
  const { answer, metrics } = await deliver(Array(12).fill(good), () => ({
    unprocessed: [sequenceNumberOf(11), sequenceNumberOf(10), sequenceNumberOf(9)],
  }));
  expect(answer).toEqual(from(9));
  expect(metrics).toMatchObject({ Unprocessed: 4 });
});

test('poison goes to the failure destination with its payload, and blocks nothing', async () => {
  const { answer, poison, metrics } = await deliver([good, bad, good, '{']);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(poison).toEqual([
    {
      table: 'shop_events',
      handler: 'tested',
      stream: 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop-clicks',
      shard: 'shardId-000000000000',
      sequenceNumber: sequenceNumberOf(2),
      partitionKey: 'key',
      arrivedAt: '2026-02-01T00:00:01.500Z',
      reasons: [{ column: 'price', code: 'below_minimum' }],
      data: Buffer.from(bad).toString('base64'),
    },
    expect.objectContaining({
      sequenceNumber: sequenceNumberOf(4),
      reasons: [{ column: null, code: 'not_json' }],
    }),
  ]);
  expect(metrics).toMatchObject({ Records: 4, Events: 2, Poison: 2, Unprocessed: 0 });
});

test('poison above the lowest failure is left for the next delivery', async () => {
  const { answer, poison } = await deliver([bad, good, bad], () => ({ unprocessed: [sequenceNumberOf(2)] }));
  expect(answer).toEqual(from(2));
  expect(poison.map(({ sequenceNumber }) => sequenceNumber)).toEqual([sequenceNumberOf(1)]);
});

test('poison that the failure destination does not take is delivered again', async () => {
  const failures = poisonList([sequenceNumberOf(3)]);
  const { answer, metrics } = await deliver([bad, good, bad, bad], undefined, { failures });
  expect(answer).toEqual(from(3));
  expect(metrics).toMatchObject({ Poison: 1, Unprocessed: 2 });
  const broken = { put: () => Promise.reject(new Error('no such bucket')) };
  expect(await deliver([good, bad, good], undefined, { failures: broken })).toMatchObject({
    answer: from(2),
  });
});

test('a handler finds poison of its own among the events', async () => {
  const reasons = [{ column: null, code: 'too_large' }];
  const { poison } = await deliver([good, bad, good], () => ({
    poison: [{ sequenceNumber: sequenceNumberOf(1), reasons }],
  }));
  expect(poison.map(({ sequenceNumber }) => sequenceNumber)).toEqual([
    sequenceNumberOf(1),
    sequenceNumberOf(2),
  ]);
  expect(poison[0]).toMatchObject({ reasons });
  const unknown = () => ({ poison: [{ sequenceNumber: sequenceNumberOf(2), reasons }] });
  await expect(deliver([good, bad], unknown)).rejects.toThrow('is no event of the delivery');
});

test('work that throws publishes its metrics, and stores no poison', async () => {
  const failures = poisonList();
  const work = () => Promise.reject(new Error('denied'));
  await expect(deliver([bad, good], work, { failures })).rejects.toThrow('denied');
  expect(failures.stored).toEqual([]);
});

test('logs hold counts, reasons and places, and nothing of an event', async () => {
  const lines: unknown[] = [];
  const log = (message: string, fields: object) => void lines.push({ message, ...fields });
  await deliver([bad, bad.replace('7', '"?"')], undefined, { logger: { info: log, warn: log, error: log } });
  expect(lines).toEqual([
    {
      message: 'Poison records',
      count: 2,
      reasons: { 'price:below_minimum': 2, 'user_id:not_an_integer': 1 },
      first: { shard: 'shardId-000000000000', sequenceNumber: sequenceNumberOf(1) },
    },
  ]);
});
