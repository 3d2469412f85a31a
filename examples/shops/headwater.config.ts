import { defineConfig } from '@headwater/cli';
import { clicks } from './clicks-in-seconds/clicks.ts';
import { visits } from './codes-and-pages/visits.ts';
import { ga4 } from './ga4-export/ga4.ts';
import { sales } from './invoice-lines/sales.ts';
import { orders } from './orders-only/orders.ts';
import { calls } from './track-calls/calls.ts';
import { activity } from './two-files/activity.ts';

export default defineConfig({
  tables: [ga4, sales, clicks, calls, visits, activity, orders],
  lake: './lake',
  lookups: { page: './codes-and-pages/pages.csv' },
});
