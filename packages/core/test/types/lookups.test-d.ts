import { z } from 'zod';
import { createRecordCleaner, defineEvents, defineLookup, lake, timestamp } from '../../src/index.ts';

const pages = defineLookup('pages', { key: 'page_id', columns: { page_name: z.string() }, none: 'null' });
const columns = {
  at: timestamp(),
  page_id: z.int32(),
  page: z.string().optional().register(lake, { lookup: 'page.page_name' }),
};
const roles = { time: 'at', item: 'page' } as const;

const events = defineEvents('events', { columns, roles, lookups: { page: { table: pages, on: 'page_id' } } });
createRecordCleaner(events.schema, { lookups: { page: [{ page_id: '1', page_name: 'Home' }] } });
createRecordCleaner(events.schema, { lookups: { page: new Map([['1', { page_name: 'Home' }]]) } });

// @ts-expect-error a lookup compares a column of the table
defineEvents('events', { columns, roles, lookups: { page: { table: pages, on: 'page' + '_no' } } });
// @ts-expect-error a lookup has a table of its own
defineEvents('events', { columns, roles, lookups: { page: { table: events, on: 'page_id' } } });
// @ts-expect-error a lookup says what it compares
defineEvents('events', { columns, roles, lookups: { page: { table: pages } } });
// @ts-expect-error a column of a lookup is named with the lookup
z.string().register(lake, { lookup: 'page_name' });
// @ts-expect-error several rows of a key are refused, or the first is taken
defineLookup('pages', { key: 'page_id', columns: { page_name: z.string() }, many: 'last' });
// @ts-expect-error an event without a row is rejected, or gets nulls
defineLookup('pages', { key: 'page_id', columns: { page_name: z.string() }, none: 'first' });
// @ts-expect-error a lookup has a key
defineLookup('pages', { columns: { page_name: z.string() } });
// @ts-expect-error a column is a zod type
defineLookup('pages', { key: 'page_id', columns: { page_name: 'text' } });
// @ts-expect-error rows are records of texts
createRecordCleaner(events.schema, { lookups: { page: [{ page_id: 1 }] } });
