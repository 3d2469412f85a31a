// A load in a process of its own, so that a test can kill it, or starve it. Arguments: the lake, then the inputs; for a
// lake on S3 the work folder comes last. HEADWATER_TEST_ENGINE is the engine.
import { isHeadwaterError } from '@headwater/core';
import { loadEvents } from '../src/index.ts';
import { events } from './events-table.ts';

const [lake = '', ...inputs] = process.argv.slice(2);
const workFolder = lake.startsWith('s3://') ? inputs.pop() : undefined;
const engine = process.env['HEADWATER_TEST_ENGINE'] === 'spark' ? 'spark' : 'duckdb';
process.stdout.write('started\n');
try {
  await loadEvents({ table: events, lake, inputs, workFolder, engine, lockTimeoutSeconds: 0 });
  process.stdout.write('committed\n');
} catch (error) {
  if (!isHeadwaterError(error)) throw error;
  process.stdout.write(`${error.code}\n`);
}
