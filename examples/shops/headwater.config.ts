import { defineConfig } from '@headwater/cli';
import { sales } from './invoice-lines/sales.ts';
import { orders } from './orders-only/orders.ts';
import { activity } from './two-files/activity.ts';

export default defineConfig({ tables: [sales, activity, orders], lake: './lake' });
