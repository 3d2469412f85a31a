import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveFirehose } from './firehose.ts';
import { deriveFirehoseRole } from './firehose-role.ts';

/** The delivery stream of a table, and its role. */
export const firehoseDerivation = defineDerivation({
  description:
    'Input of Firehose CreateDeliveryStream: Parquet by the table of the layer stream, in folders by the day of the event',
  details:
    'It writes to a landing folder, because Firehose cannot commit to a lake: headwater etl adopt brings the files into the table. ' +
    'With a transform it converts clean events, and without one the texts of records. Its group of logs has to exist: aws logs ' +
    'create-log-group, create-log-stream.',
  needs: 'target',
  options: z.object({
    part: z.enum(['stream', 'role']).default('stream').describe('The call that the text is for'),
    source: z
      .enum(['kinesis', 'direct'])
      .optional()
      .describe('Where records come from (default: the Kinesis stream of aws.stream, or direct calls)'),
    name: z
      .string()
      .optional()
      .describe('Its name (default: aws.stream.deliveryStream, or headwater-<database>-<table>)'),
    landing: z
      .string()
      .optional()
      .describe('Folder that it writes to, s3://bucket/folder/ (default: <lake>/<table>__stream/)'),
    transform: z
      .string()
      .optional()
      .describe('ARN of the function that cleans records (default: that of aws.stream, or none)'),
    keys: z
      .string()
      .regex(/^[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*$/, 'needs --keys as <column>=<key>, with commas between them')
      .transform(
        (text): Readonly<Record<string, string>> =>
          Object.fromEntries(text.split(',').map((pair) => pair.split('=', 2) as [string, string])),
      )
      .optional()
      .describe('Without a transform: JSON keys of columns, <column>=<key>,...'),
    bufferSize: z.coerce
      .number()
      .optional()
      .describe('A file is written at so many MiB, 64 to 128 (default: 128)'),
    bufferSeconds: z.coerce
      .number()
      .optional()
      .describe('A file is written after so many seconds at the latest, 60 to 900 (default: 300)'),
  }),
  command: 'aws firehose create-delivery-stream --cli-input-json',
  examples: [
    ['--part role', 'Its role; its policy: iam-policy --role firehose'],
    ['--keys event_time=eventTime,user_id=userId', 'Records whose keys are in camel case'],
    ['', 'For the first table of the config'],
  ],
  derive: ({ schema, target }, { part = 'stream', ...options }) =>
    jsonText(part === 'role' ? deriveFirehoseRole(target) : deriveFirehose(schema, target, options)),
});
