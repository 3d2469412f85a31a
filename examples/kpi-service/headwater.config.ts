import { defineConfig } from '@headwater/cli';
import { events } from './src/marketplace.ts';

export default defineConfig({ tables: [events], lake: './lake' });
