import { attackLevels } from '@headwater/simulator';
import type { Option } from '../../command-line/option.ts';
import { choice, flag, seconds, share, text, whole, withDefault } from '../../command-line/option.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import { lakeOptions } from '../../config/chosen-lake.ts';
import { lookupOption } from '../../lake/lookup-files.ts';
import { readingOptions, sourceOption } from '../../lake/reading-options.ts';
import { runOptions } from '../../lake/run-options.ts';

/** The word for simulated shoppers, in place of a file. */
export const simulateWord = 'simulate';

/** How many times as fast as it happened; Infinity for `max`. */
const speed: Option<number> = {
  type: 'string',
  placeholder: 'N',
  description: 'Event time by real time: with 600 ten minutes of the shop pass in a second; max has no pace',
  fallback: 600,
  read(given) {
    const value = given === 'max' ? Number.POSITIVE_INFINITY : Number(given);
    if (given.trim() !== '' && value > 0) return value;
    throw new UsageError(`--speed ${given}: expected a number above zero, or max.`);
  },
};

/** Options of `headwater stream run`. */
export const streamRunOptions = {
  input: text('FILE', `CSV or JSON Lines, also packed; or ${simulateWord} for simulated shoppers`),
  speed,
  ...lakeOptions,
  events: withDefault(whole('N', `With ${simulateWord}: number of events`, { least: 1 }), 20_000, '20k'),
  days: withDefault(whole('N', `With ${simulateWord}: number of days`, { least: 1 }), 1),
  start: withDefault(text('DATE', `With ${simulateWord}: first day, YYYY-MM-DD`), '2019-10-01'),
  seed: withDefault(
    whole('N', `With ${simulateWord}: seed of the random numbers`, { least: Number.MIN_SAFE_INTEGER }),
    1,
  ),
  dirty: share('SHARE', `With ${simulateWord}: share of rows to damage, such as 2%`),
  bots: share('SHARE', `With ${simulateWord}: share of rows that bots write, such as 5%`),
  attacks: choice(
    'LEVEL',
    attackLevels,
    `With ${simulateWord}: attackers and look-alikes among the shoppers`,
  ),
  labels: text('FILE', 'With --attacks: write who attacks, and what only looks like it, as JSON Lines'),
  ...sourceOption,
  ...lookupOption,
  format: choice('FORMAT', ['csv', 'jsonl'], 'Format of the file', { default: 'by its name' }),
  delimiter: readingOptions.delimiter,
  header: readingOptions.header,
  'no-header': readingOptions['no-header'],
  shards: withDefault(whole('N', 'Shards of the stream', { least: 1 }), 2),
  'aws-endpoint': text(
    'URL',
    'Run through Kinesis, DynamoDB, SNS, SQS and S3 at this address; creates what is not there',
    {
      default: 'in this process',
    },
  ),
  detect: flag('Detect bots, floods and anomalies, and send notices of incidents', {
    default: 'when the config has `stream.detection`',
  }),
  dashboard: flag('Serve the dashboard of the lake beside the run, with what happens now; Ctrl+C ends it'),
  port: whole('PORT', 'With --dashboard: serve on this port; 0 is any free port', {
    least: 0,
    default: '3742',
  }),
  live: text(
    'FILE',
    'Write the newest figures to this file each second, for `headwater dashboard --live FILE`',
  ),
  incidents: text('FILE', 'Append every notice of an incident, one line of JSON each'),
  faults: whole(
    'SEED',
    'Inject faults by this seed: throttling, lost answers, other orders, crashes, a split and a merge',
    {
      least: 0,
      default: 'none',
    },
  ),
  'load-every': withDefault(seconds('Seconds between loads of the archive'), 10),
  landing: text('DIR', 'Folder of records that wait for a load', { default: 'beside the lake' }),
  'memory-limit': runOptions['memory-limit'],
  threads: runOptions.threads,
  'lock-timeout': runOptions['lock-timeout'],
  allow: runOptions.allow,
} as const;
