import { sql } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { printError } from './print-error.mjs';

const place = { region: 'eu-central-1', database: 'shop', workgroup: 'primary' };
await printError(athenaEngine(place), (lake) => sql(lake, 'select 1'));
