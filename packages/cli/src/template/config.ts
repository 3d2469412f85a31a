import { defineConfig } from '../config/define-config.ts';
import { clickstream } from './clickstream.ts';

/** The config of `headwater demo` where the project has none. */
export default defineConfig({ tables: [clickstream] });
