import { decimal, defineEvents, timestamp } from '@headwater/core';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { createRecordReader, type RecordReader, type StreamRecord } from '../../src/index.ts';

const clicks = defineEvents('clicks', {
  columns: {
    at: timestamp(),
    who: z.int64(),
    kind: z.enum(['view', 'cart']),
    price: decimal(10, 2).optional(),
  },
  roles: { time: 'at' },
});
const read = createRecordReader(clicks);
declare const record: StreamRecord;
const result = read(record);

interface Click {
  readonly at: Date;
  readonly who: bigint;
  readonly kind: 'view' | 'cart';
  readonly price: number | null;
}
expectTypeOf(read).toEqualTypeOf<RecordReader<Click>>();
if (result.kind === 'event') {
  expectTypeOf(result.event).toEqualTypeOf<Click>();
  // @ts-expect-error a column that the table does not have
  result.event.session;
  // @ts-expect-error an action that the column does not have
  result.event.kind === 'buy';
}
// @ts-expect-error a record may be no event
result.event;
// @ts-expect-error a record has a sequence number
read({ data: '' });
// @ts-expect-error the data is base64 or bytes
read({ data: {}, sequenceNumber: '1' });
// @ts-expect-error a schema has no types
createRecordReader(clicks.schema);
// @ts-expect-error readers have two options
createRecordReader(clicks, { table: 'clicks' });
