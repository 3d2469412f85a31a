// A program as a user of @headwater/core writes it. The consumer test compiles and runs it against the packed packages.
import assert from 'node:assert/strict';
import {
  createRecordCleaner,
  decimal,
  defineEvents,
  type InferRow,
  isHeadwaterError,
  timestamp,
} from '@headwater/core';
import { z } from 'zod';

const orders = defineEvents('orders', {
  columns: {
    ordered_at: timestamp(),
    user_id: z.int64(),
    total: decimal(10, 2).min(0),
    note: z.string().optional(),
  },
  roles: { time: 'ordered_at', actor: 'user_id', amount: 'total' },
});

const row: InferRow<typeof orders> = {
  ordered_at: new Date('2026-01-31T23:59:59.500Z'),
  user_id: 1515915625519388267n,
  total: 12.34,
  note: null,
};
assert.deepEqual(orders.row.parse(row), row);

// @ts-expect-error an id is a bigint, because real ids do not fit a number
const wrong: InferRow<typeof orders> = { ...row, user_id: 1 };
assert.equal(orders.row.safeParse(wrong).success, false);

assert.throws(
  () => defineEvents('Not A Name', { columns: { at: timestamp() }, roles: { time: 'at' } }),
  (error) => isHeadwaterError(error, 'DEFINITION_INVALID') && error.payload.table === 'Not A Name',
);

const clean = createRecordCleaner(orders.schema);
const raw = { ordered_at: '2026-01-31 23:59:59.500 UTC', user_id: ' 7 ', total: '12.34', note: '' };
assert.deepEqual(clean(raw), {
  accepted: true,
  row: { ordered_at: new Date('2026-01-31T23:59:59.500Z'), user_id: 7n, total: 12.34, note: null },
});
const rejected = clean({ ...raw, user_id: '', total: '-1' });
assert.deepEqual(rejected.accepted ? [] : rejected.reasons.map(({ column }) => column), ['user_id', 'total']);
