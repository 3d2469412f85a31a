// Reads records as a consumer of a stream does, in one of several ways, and says how long that took.
//   node read-records.ts <reader> <form> <records>
import { deriveJsonSchema } from '@headwater/core';
import { clickstream } from '@headwater/example-ecommerce';
import { simulateRows } from '@headwater/simulator';
import { createRecordReader } from '@headwater/stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as z from 'zod';
import { recordForms } from '../record-forms.ts';
import { printOutcome } from './print-outcome.ts';

/** Reads the base64 of a record: whether it is an event. */
type Read = (data: string) => boolean;

const parse = (data: string): unknown => JSON.parse(Buffer.from(data, 'base64').toString());

const timestamps = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?UTC|Z)?$/;
const int64 = z.coerce
  .bigint()
  .min(-(2n ** 63n))
  .lt(2n ** 63n);
const lowered = z.string().trim().toLowerCase();
/** The checks and the cleaning of the example table, as far as zod has them. Ids beyond 2^53 have lost digits before it sees them. */
const zodRow = z.object({
  event_time: z
    .string()
    .regex(timestamps)
    .transform((text) => new Date(text.replace(' UTC', 'Z')))
    .refine((time) => !Number.isNaN(time.getTime())),
  event_type: lowered.pipe(z.enum(['view', 'cart', 'remove_from_cart', 'purchase'])),
  product_id: int64,
  category_id: int64.nullish(),
  category_code: lowered.transform((text) => text || null).nullish(),
  brand: lowered.transform((text) => text || null).nullish(),
  price: z.coerce.number().min(0).lt(1e8),
  user_id: int64,
  user_session: z.string().nullish(),
});

const readers: Readonly<Record<string, () => Read>> = {
  headwater: () => {
    const read = createRecordReader(clickstream);
    return (data) => read({ data, sequenceNumber: '1' }).kind === 'event';
  },
  'JSON.parse': () => (data) => parse(data) !== null,
  zod: () => (data) => zodRow.safeParse(parse(data)).success,
  ajv: () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(deriveJsonSchema(clickstream.schema));
    return (data) => validate(parse(data));
  },
};

const [reader = '', form = '', records = '100000'] = process.argv.slice(2);
const write = recordForms[form as keyof typeof recordForms];
const data: string[] = [];
for (const event of simulateRows({ events: Number(records), days: 1, start: '2019-10-01', seed: 1 }))
  data.push(Buffer.from(write(event)).toString('base64'));

const read = readers[reader]?.();
if (!read) throw new Error(`no reader ${reader}`);
// Compiled before it is timed, as in a handler that runs.
for (const one of data) read(one);
const started = process.hrtime.bigint();
let events = 0;
for (let pass = 0; pass < 4; pass += 1) for (const one of data) events += read(one) ? 1 : 0;
printOutcome(events, Number(process.hrtime.bigint() - started) / 1e9);
