import { estimateScan } from '@headwater/queries';
import { trinoEngine } from '@headwater/queries/trino';
import { printError } from './print-error.mjs';

const place = { url: 'http://127.0.0.1:1', catalog: 'lake', schema: 'shop', lake: 's3://shop-events/lake' };
await printError(trinoEngine(place), (lake) => estimateScan(lake, 'select at from orders'));
