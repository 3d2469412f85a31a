import { sql } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { printError } from './print-error.mjs';

await printError(duckdbEngine({ lake: '.' }), (lake) => sql(lake, 'select 1'));
