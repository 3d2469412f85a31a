import type { InferRow } from '@headwater/core';
import { expect, test } from 'vitest';
import { type DefineHandlerOptions, defineHandler, type PoisonRecord } from '../../src/handlers/index.ts';
import { contextOf, kinesisDelivery, poisonList, recordedEvent, sequenceNumberOf } from './deliver.ts';
import { shop } from './shop-table.ts';

const eventOf = (item: number, price: string | number = 12.5): string =>
  `{"event_time":"2026-01-31T23:59:58Z","event_type":"view","product_id":${item},"price":${price},"user_id":7,"session_id":"s"}`;
const from = (place?: number) => ({
  batchItemFailures: place === undefined ? [] : [{ itemIdentifier: sequenceNumberOf(place) }],
});

type Options = DefineHandlerOptions<InferRow<typeof shop>>;
const lines: unknown[] = [];
const log = (message: string, fields: object): void => void lines.push({ message, ...fields });
const logger = { info: log, warn: log, error: log };

test('events are given one by one, typed and clean, and rejected records go to the failure destination', async () => {
  const failures = poisonList();
  const seen: bigint[] = [];
  const handler = defineHandler(shop, {
    failures,
    onEvent: ({ event, record }) => {
      expect(event.event_time).toEqual(new Date('2026-01-31T23:59:58Z'));
      expect(record.shard).toBe('shardId-000000000000');
      seen.push(event.product_id);
    },
  });
  const texts = [eventOf(1), eventOf(2, -1), 'no JSON', eventOf(3)];
  expect(await handler(kinesisDelivery(texts), contextOf())).toEqual(from());
  expect(seen).toEqual([1n, 3n]);
  expect(failures.stored).toMatchObject([
    {
      ...{ table: 'shop_events', handler: 'shop_events', sequenceNumber: sequenceNumberOf(2) },
      reasons: [{ column: 'price', code: 'below_minimum' }],
      data: Buffer.from(eventOf(2, -1)).toString('base64'),
    },
    { sequenceNumber: sequenceNumberOf(3), reasons: [{ column: null, code: 'not_json' }] },
  ]);
});

test('an event that throws is the lowest that is delivered again, and those before it are done', async () => {
  const seen: bigint[] = [];
  lines.length = 0;
  const failures = poisonList();
  const handler = defineHandler(shop, {
    ...{ name: 'ships', failures, logger },
    async onEvent({ event }) {
      seen.push(event.product_id);
      if (event.product_id === 2n) throw new Error('no carrier');
    },
  });
  const texts = [eventOf(1), eventOf(2), eventOf(3), eventOf(4, -1)];
  expect(await handler(kinesisDelivery(texts), contextOf())).toEqual(from(2));
  expect(seen).toEqual([1n, 2n]);
  // The poison record after it comes again with the next delivery.
  expect(failures.stored).toEqual([]);
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'An event could not be processed',
      sequenceNumber: sequenceNumberOf(2),
      error: new Error('no carrier'),
    }),
  );
});

test('an event that can never be processed goes to the failure destination with its code', async () => {
  const stored: PoisonRecord[] = [];
  const handler = defineHandler(shop, {
    async failures(records) {
      stored.push(...records);
    },
    onEvent: ({ event }) => (event.product_id === 2n ? { poison: 'unknown_product' } : undefined),
  });
  expect(await handler(kinesisDelivery([eventOf(1), eventOf(2), eventOf(3)]), contextOf())).toEqual(from());
  expect(stored).toMatchObject([
    { sequenceNumber: sequenceNumberOf(2), reasons: [{ column: null, code: 'unknown_product' }] },
  ]);
});

test('records that the failure destination does not take are delivered again', async () => {
  const handler = defineHandler(shop, {
    failures: () => Promise.reject(new Error('denied')),
    onEvent: () => undefined,
  });
  const texts = [eventOf(1), eventOf(2, -1), eventOf(3), eventOf(4, -1)];
  expect(await handler(kinesisDelivery(texts), contextOf())).toEqual(from(2));
});

test('when the time of the invocation ends, the rest is delivered again; the first event is always begun', async () => {
  const seen: bigint[] = [];
  const options: Options = {
    failures: poisonList(),
    reserveMilliseconds: 5000,
    onEvent: ({ event }) => void seen.push(event.product_id),
  };
  const handler = defineHandler(shop, options);
  const texts = [eventOf(1), eventOf(2), eventOf(3)];
  expect(
    await handler(
      kinesisDelivery(texts),
      contextOf(() => 4999),
    ),
  ).toEqual(from(2));
  expect(
    await handler(
      kinesisDelivery(texts),
      contextOf(() => 5000),
    ),
  ).toEqual(from());
  expect(seen).toEqual([1n, 1n, 2n, 3n]);
});

test('all events of a delivery may be taken at once, and a delivery without events is none', async () => {
  const sizes: number[] = [];
  const handler = defineHandler(shop, {
    failures: poisonList(),
    async onEvents({ events }) {
      sizes.push(events.length);
      return { unprocessed: events.slice(2).map(({ sequenceNumber }) => sequenceNumber) };
    },
  });
  const texts = [eventOf(1), 'no JSON', eventOf(2), eventOf(3), eventOf(4)];
  expect(await handler(kinesisDelivery(texts), contextOf())).toEqual(from(4));
  expect(await handler(kinesisDelivery(['no JSON']), contextOf())).toEqual(from());
  expect(sizes).toEqual([4]);
  const failing = defineHandler(shop, {
    failures: poisonList(),
    onEvents: () => Promise.reject(new Error('down')),
  });
  await expect(failing(kinesisDelivery(texts), contextOf())).rejects.toThrow('down');
});

test('an event of another service is refused', async () => {
  const handler = defineHandler(shop, { failures: poisonList(), onEvent: () => undefined });
  await expect(handler(recordedEvent('firehose'), contextOf())).rejects.toThrow('shop_events');
});

test('what a caller in plain JavaScript leaves out is said when the handler is made', () => {
  const make = (options: object) => () => defineHandler(shop, options as Options);
  const [failures, onEvent] = [poisonList(), () => undefined];
  expect(() => defineHandler(undefined as unknown as typeof shop, { failures, onEvent })).toThrow(
    'table undefined: expected what defineEvents makes.',
  );
  expect(make({ failures })).toThrow('onEvent, onEvents (none): expected one of the two.');
  expect(make({ failures, onEvent, onEvents: onEvent })).toThrow('onEvent, onEvents (both)');
  expect(make({ failures, onEvents: 'all' })).toThrow('onEvents all: expected a function.');
  expect(make({ onEvent })).toThrow('failures undefined: expected createS3PoisonSink(...)');
});

test('a record of another delivery cannot be left unprocessed', async () => {
  const handler = defineHandler(shop, {
    failures: poisonList(),
    onEvents: async () => ({ unprocessed: [sequenceNumberOf(9)] }),
  });
  await expect(handler(kinesisDelivery([eventOf(1)]), contextOf())).rejects.toThrow(
    `reports ${sequenceNumberOf(9)}, which is no record of the delivery`,
  );
});
