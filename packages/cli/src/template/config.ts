import { defineConfig } from '../config/define-config.ts';
import { clickstream } from './clickstream.ts';

/** What `headwater demo` works with where there is no config. */
export default defineConfig({ tables: [clickstream] });
