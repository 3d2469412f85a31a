import { readLakeState } from '@headwater/core/internal';
import { loadEvents } from '@headwater/etl';
import { registerPartitions } from '@headwater/publish';
import { openLakeStore } from '@headwater/storage';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag, share, text } from '../command-line/option.ts';
import { lakeOptions, targetAws, targetLake } from '../config/target.ts';
import { printLoadReport } from '../output/load-summary.ts';
import { printRegistered } from './lake-register-partitions.ts';
import { runOnLake } from './run-on-lake.ts';
import { runOptions } from './run-options.ts';

/** `headwater etl run` */
export const etlRun = defineCommand({
  name: 'etl run',
  description:
    'Loads raw event files into the lake: cleaned, de-duplicated, cut by day, sorted, and accounted for: rows in = rows out + ' +
    'duplicates + quarantined, or nothing is committed. A file that was loaded before is skipped; a run that is stopped ' +
    'leaves the lake as it was.',
  words: {
    usage: '<input...>',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    missing: 'a file, a folder, a glob, or - for standard input',
  },
  options: {
    ...lakeOptions,
    format: choice('FORMAT', ['csv', 'jsonl', 'parquet'], 'What the files hold, when their names do not say'),
    delimiter: text('CHAR', 'Between the columns of CSV; found out when not given. tab is allowed'),
    header: flag('The first line of CSV names the columns; found out when not given'),
    'no-header': flag('The first line of CSV is a row already: columns are those of the table, in order'),
    'max-quarantine': share(
      'SHARE',
      'Commit nothing when more than this share of rows is refused, such as 1%',
    ),
    'dry-run': flag('Do everything but the commit'),
    'register-partitions': flag(
      'Register the new partitions in Glue, for engines that do not honour projection',
    ),
    ...runOptions,
  },
  examples: [
    ['etl run events.csv --lake ./lake', 'One file'],
    [
      "etl run 'raw/2019-*.csv.gz' --lake ./lake --memory-limit 1GB --max-quarantine 1%",
      'Many, within bounds',
    ],
    ['etl run events.csv --dry-run --json', 'What would happen, for a program'],
  ],
  async run(call) {
    const { words, options, console, signal } = call;
    const { table, lake } = await targetLake(options);
    // Asked for before anything is done, so that a config without it costs no load.
    const { target } = options['register-partitions'] ? await targetAws(options) : {};
    const after = target ? (await readLakeState(openLakeStore(lake), table.name)).sequence : 0;
    const delimiter = options.delimiter === 'tab' ? '\t' : options.delimiter;
    const report = await runOnLake(call, { table, lake }, (settings) =>
      loadEvents({
        ...settings,
        inputs: words,
        stdin: process.stdin,
        format: options.format,
        delimiter,
        header: options['no-header'] ? false : options.header || undefined,
        maxQuarantine: options['max-quarantine'],
        dryRun: options['dry-run'],
      }),
    );
    if (!options.json) await printLoadReport(console, report, options);
    if (!target || report.dryRun) {
      if (options.json) await console.json(report);
      return true;
    }
    const registered = await registerPartitions({ table, target, lake, after, signal }).catch(
      async (error: unknown) => {
        // The load stands, whatever becomes of the catalog.
        if (options.json) await console.json(report);
        throw error;
      },
    );
    if (options.json) await console.json({ ...report, registered });
    else await printRegistered(console, registered);
    return true;
  },
});
