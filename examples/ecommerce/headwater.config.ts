import { defineConfig } from '@headwater/cli';
import { clickstream } from './src/clickstream.ts';

export default defineConfig({ tables: [clickstream], lake: './lake' });
