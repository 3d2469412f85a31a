import { arrowTable } from '@headwater/queries/arrow';
import { trinoEngine } from '@headwater/queries/trino';
import { printError } from './print-error.mjs';

const place = { url: 'http://127.0.0.1:1', catalog: 'lake', schema: 'shop' };
await printError(trinoEngine(place), (lake) => arrowTable(lake, { sql: 'select 1', parameters: [] }));
