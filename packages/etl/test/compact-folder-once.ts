// A compaction in a process of its own, so that a test can wait for it within a callback. Argument: the lake.
import { compactLake } from '../src/index.ts';
import { events } from './events-table.ts';

await compactLake({ table: events, lake: process.argv[2] ?? '' });
