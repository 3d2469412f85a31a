// A load in a process of its own, so that a test can kill it. Arguments: the lake, then the inputs.
import { loadEvents } from '../src/index.ts';
import { events } from './events-table.ts';

const [lake = '', ...inputs] = process.argv.slice(2);
process.stdout.write('started\n');
await loadEvents({ table: events, lake, inputs });
process.stdout.write('committed\n');
