import { defineConfig } from '@headwater/cli';
import { visits } from './codes-and-pages/visits.ts';
import { sales } from './invoice-lines/sales.ts';
import { orders } from './orders-only/orders.ts';
import { calls } from './track-calls/calls.ts';
import { activity } from './two-files/activity.ts';

export default defineConfig({
  tables: [sales, calls, visits, activity, orders],
  lake: './lake',
  lookups: { page: './codes-and-pages/pages.csv' },
});
