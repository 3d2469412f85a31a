import { sql } from '@headwater/queries';
import { postgresEngine } from '@headwater/queries/postgres';
import { printError } from './print-error.mjs';

await printError(postgresEngine({ url: 'postgres://127.0.0.1:1/shop' }), (lake) => sql(lake, 'select 1'));
