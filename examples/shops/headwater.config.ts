import { defineConfig } from '@headwater/cli';
import { activity } from './two-files/activity.ts';

export default defineConfig({ tables: [activity], lake: './lake' });
