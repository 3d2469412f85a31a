// A program that tests kill: compacts a lake by Spark. Arguments: lake.
import { compactLake } from '../src/index.ts';
import { events } from './events-table.ts';

const [lake = ''] = process.argv.slice(2);
await compactLake({ table: events, lake, engine: 'spark' });
