import { z } from 'zod';
import { createRecordCleaner, decimal, defineEvents, timestamp } from '../../src/index.ts';

const columns = {
  at: timestamp(),
  who: z.int64(),
  kind: z.enum(['view', 'cart']),
  price: decimal(10, 2).optional(),
};
const roles = { time: 'at' } as const;

const events = defineEvents('events', {
  columns,
  roles,
  sources: {
    clicks: {
      positions: ['who', null, 'at', 'price'],
      constants: { kind: 'view' },
      where: { price: { not: [null, '0'] }, who: '7' },
    },
    named: { columns: { 'Visitor id': 'who' }, constants: { at: new Date(0), price: 1.5, who: 7n } },
  },
});
createRecordCleaner(events.schema, { source: 'clicks' });

// @ts-expect-error a field is one of a column of the table
defineEvents('events', { columns, roles, sources: { a: { positions: ['whom'] } } });
// @ts-expect-error a line has at least one field
defineEvents('events', { columns, roles, sources: { a: { positions: [] } } });
// @ts-expect-error a named field is one of a column of the table
defineEvents('events', { columns, roles, sources: { a: { columns: { id: 'whom' } } } });
// @ts-expect-error fields are read by position or by name
defineEvents('events', { columns, roles, sources: { a: { positions: ['who'], columns: { id: 'at' } } } });
// @ts-expect-error a constant is one of the values of its column
defineEvents('events', { columns, roles, sources: { a: { constants: { kind: 'buy' } } } });
// @ts-expect-error a constant has the type of its column's values
defineEvents('events', { columns, roles, sources: { a: { constants: { who: 7 } } } });
// @ts-expect-error a constant is a value
defineEvents('events', { columns, roles, sources: { a: { constants: { price: null } } } });
// @ts-expect-error a constant is one of a column of the table
defineEvents('events', { columns, roles, sources: { a: { constants: { whom: 7n } } } });
// @ts-expect-error a condition compares texts
defineEvents('events', { columns, roles, sources: { a: { where: { who: 7n } } } });
// @ts-expect-error a condition is about a column of the table
defineEvents('events', { columns, roles, sources: { a: { where: { whom: '7' } } } });
// @ts-expect-error a source has four words
defineEvents('events', { columns, roles, sources: { a: { constant: { kind: 'view' } } } });
