import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defineHandler } from '../../src/handlers/index.ts';
import { compareSequenceNumbers } from '../../src/index.ts';
import { contextOf, kinesisDelivery, poisonList, sequenceNumberOf } from './deliver.ts';
import { shop } from './shop-table.ts';

const eventOf = (item: number): string =>
  JSON.stringify({
    event_time: '2026-01-31T23:59:58Z',
    ...{ event_type: 'view', product_id: item, price: 1, user_id: 7, session_id: 's' },
  });

// A failure is told by the item that an event is of.
const places = fc.uniqueArray(fc.integer({ min: 1, max: 20 }));

test('a delivery goes on from where the batch processor of Powertools would have it', async () => {
  await fc.assert(
    fc.asyncProperty(places, async (failing) => {
      const delivery = kinesisDelivery(Array.from({ length: 20 }, (_, index) => eventOf(index + 1)));
      const process = (item: number): void => {
        if (failing.includes(item)) throw new Error('not now');
      };
      const processor = new BatchProcessor(EventType.KinesisDataStreams);
      const { batchItemFailures: listed } = await processPartialResponse(
        delivery as KinesisStreamEvent,
        async ({ kinesis }: KinesisStreamRecord) =>
          process(JSON.parse(Buffer.from(kinesis.data, 'base64').toString()).product_id),
        processor,
        { processInParallel: false, throwOnFullBatchFailure: false },
      );
      const handler = defineHandler(shop, {
        failures: poisonList(),
        onEvent: ({ event }) => process(Number(event.product_id)),
      });
      const { batchItemFailures: ours } = await handler(delivery, contextOf());
      const [lowest] = listed.map(({ itemIdentifier }) => itemIdentifier).sort(compareSequenceNumbers);
      expect(ours.map(({ itemIdentifier }) => itemIdentifier)).toEqual(lowest === undefined ? [] : [lowest]);
      if (failing.length > 0) expect(lowest).toBe(sequenceNumberOf(Math.min(...failing)));
    }),
    { numRuns: 40 },
  );
});
