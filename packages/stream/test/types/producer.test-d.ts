import { decimal, defineEvents, timestamp } from '@headwater/core';
import { expectTypeOf } from 'vitest';
import * as z from 'zod';
import { createProducer, type ProducerEvent, type RecordSink } from '../../src/producer/index.ts';

const clicks = defineEvents('clicks', {
  columns: {
    at: timestamp(),
    who: z.int64(),
    kind: z.enum(['view', 'cart']),
    price: decimal(10, 2).optional(),
  },
  roles: { time: 'at', actor: 'who' },
});
declare const sink: RecordSink;

expectTypeOf<ProducerEvent<typeof clicks>>().toEqualTypeOf<{
  readonly at: Date;
  readonly who: bigint;
  readonly kind: 'view' | 'cart';
  readonly price?: number | null | undefined;
}>();

const producer = createProducer(clicks, {
  sink,
  partitionKey: (row) => {
    expectTypeOf(row.who).toEqualTypeOf<bigint>();
    return String(row.who);
  },
  onUnsent: ({ event, reason }) => {
    expectTypeOf(event.kind).toEqualTypeOf<'view' | 'cart'>();
    expectTypeOf(reason).toEqualTypeOf<'refused' | 'attempts' | 'age' | 'closed'>();
  },
});
const event = { at: new Date(0), who: 1n, kind: 'view' } as const;
producer.send(event);
producer.send({ ...event, price: null });
createProducer(clicks, { streamName: 'clicks', clientConfig: { region: 'eu-west-1' } });

// @ts-expect-error a column is missing
producer.send({ at: new Date(0), kind: 'view' });
// @ts-expect-error a column that the table does not have
producer.send({ ...event, session: 1n });
// @ts-expect-error an action that the column does not have
producer.send({ ...event, kind: 'buy' });
// @ts-expect-error a time is a Date
producer.send({ ...event, at: '2026-01-01T00:00:00Z' });
// @ts-expect-error bytes are no event
producer.send(Buffer.from('{}'));
// @ts-expect-error a producer has a stream or a sink
createProducer(clicks, {});
// @ts-expect-error an order that there is not
createProducer(clicks, { sink, order: 'actor' });
