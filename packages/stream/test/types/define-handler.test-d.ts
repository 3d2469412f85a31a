import { expectTypeOf } from 'vitest';
import { defineHandler, type LambdaContext, type PoisonRecord } from '../../src/handlers/index.ts';
import { shop } from '../handlers/shop-table.ts';

declare const failures: (records: readonly PoisonRecord[]) => Promise<void>;

const handler = defineHandler(shop, {
  failures,
  onEvent({ event, sequenceNumber, record }) {
    expectTypeOf(event.user_id).toEqualTypeOf<bigint>();
    expectTypeOf(event.event_type).toEqualTypeOf<'view' | 'cart' | 'remove_from_cart' | 'purchase'>();
    expectTypeOf(event.email).toEqualTypeOf<string | null>();
    expectTypeOf(sequenceNumber).toEqualTypeOf<string>();
    expectTypeOf(record.arrivedAt).toEqualTypeOf<Date>();
    // @ts-expect-error a column that the table does not have
    event.country;
    // @ts-expect-error an action that the column does not have
    if (event.event_type === 'refund') return;
  },
});
expectTypeOf(handler).parameters.toEqualTypeOf<[unknown, LambdaContext]>();
expectTypeOf(handler).returns.resolves.toEqualTypeOf<{ batchItemFailures: { itemIdentifier: string }[] }>();

defineHandler(shop, {
  failures,
  onEvents: async ({ events }) => ({ unprocessed: events.map(({ sequenceNumber }) => sequenceNumber) }),
});
// @ts-expect-error without a failure destination, poison records would block their shard
defineHandler(shop, { onEvent: () => undefined });
// @ts-expect-error a handler does something with events
defineHandler(shop, { failures });
// @ts-expect-error events are taken one by one or all at once
defineHandler(shop, { failures, onEvent: () => undefined, onEvents: async () => ({}) });
// @ts-expect-error the reason of a poison record is a code
defineHandler(shop, { failures, onEvent: () => ({ poison: 7 }) });
// @ts-expect-error a misspelled option
defineHandler(shop, { failures, onEvent: () => undefined, reserve: 1 });
