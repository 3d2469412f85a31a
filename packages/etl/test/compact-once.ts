// A compaction in a process of its own, so that a test can kill it, or wait for it within a callback. Argument: the lake.
// HEADWATER_TEST_ENGINE is the engine.
import { compactLake } from '../src/index.ts';
import { events } from './events-table.ts';

const [lake = ''] = process.argv.slice(2);
const engine = process.env['HEADWATER_TEST_ENGINE'] === 'spark' ? 'spark' : 'duckdb';
await compactLake({ table: events, lake, engine });
