// A verification in a process of its own. Argument: the lake.
import { isHeadwaterError } from '@headwater/core';
import { verifyLake } from '../src/index.ts';
import { events } from './events-table.ts';

try {
  const { ok, rows } = await verifyLake({ table: events, lake: process.argv[2] ?? '' });
  process.stdout.write(`${ok ? 'ok' : 'broken'} ${rows} rows\n`);
} catch (error) {
  if (!isHeadwaterError(error)) throw error;
  process.stdout.write(`${error.code}\n`);
}
