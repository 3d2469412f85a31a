import { readLakeState } from '@headwater/core/internal';
import { type LoadReport, loadEvents, type RollupReport } from '@headwater/etl';
import { type RegisterReport, registerPartitions } from '@headwater/publish';
import { openLakeStore } from '@headwater/storage';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, text, whole } from '../command-line/option.ts';
import { chosenAws, chosenLake, lakeOptions } from '../config/chosen-lake.ts';
import { engineOption } from '../lake/engine-option.ts';
import { printLoadReport } from '../lake/load-summary.ts';
import { lookupFiles, lookupOption } from '../lake/lookup-files.ts';
import { printRegistered } from '../lake/print-registered.ts';
import { rollupsLine } from '../lake/print-rollups.ts';
import { givenHeader, readingOptions, sourceOption } from '../lake/reading-options.ts';
import { refreshAfter } from '../lake/refresh-after.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';

interface LoadAnswer extends Answer {
  readonly data: LoadReport & { readonly registered?: RegisterReport; readonly rollups?: RollupReport };
}

/** `headwater etl run` */
export const etlRun = defineCommand({
  name: 'etl run',
  description:
    'Loads raw event files into the lake: cleaned, de-duplicated, partitioned by day and sorted. Every row is accounted for: ' +
    'rows in = rows out + duplicates + quarantined + filtered, or nothing is committed. A file that was loaded before is skipped. A run that ' +
    'is stopped leaves the lake unchanged.',
  words: {
    usage: '<input...>',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    missing: 'a file, a folder, a glob, an s3:// object or prefix, or - for standard input',
  },
  options: {
    ...lakeOptions,
    ...sourceOption,
    ...lookupOption,
    ...readingOptions,
    since: text(
      'WHEN',
      'Folders of days of s3:// prefixes that are listed: from a day on, or with `last` those in which objects may have arrived since the last load',
      { default: 'all' },
    ),
    'late-days': whole(
      'N',
      'With --since last: how many days after the day in its key an object may arrive in a folder that was loaded from',
      { least: 0, default: '3' },
    ),
    'dry-run': flag('Do everything except the commit'),
    ...engineOption,
    'register-partitions': flag(
      'Register the new partitions in Glue, for engines without partition projection',
    ),
    ...runOptions,
  },
  examples: [
    ['etl run events.csv --lake ./lake', 'One file'],
    [
      "etl run 'raw/2019-*.csv.gz' --lake ./lake --memory-limit 1GB --max-quarantine 1%",
      'Many files, with limits',
    ],
    [
      'etl run s3://shop-landing/clicks/ --since last',
      'New objects of a landing zone with folders such as dt=2026-11-27/, for a schedule',
    ],
    ['etl run --source buys buys.dat', 'A file of another kind, as the source of the table says'],
    ['etl run events.csv --dry-run --json', 'What a load would do, for a program'],
  ],
  async run(call): Promise<LoadAnswer> {
    const { words, options, signal, stdin } = call;
    const header = givenHeader(options);
    const { config, table, lake, aws } = await chosenLake(options);
    const lookups = lookupFiles(options.lookup, config, table);
    // Looked up first, so that a config without it fails before the load.
    const { target } = options['register-partitions'] ? await chosenAws(options) : {};
    const after = target ? (await readLakeState(openLakeStore(lake, { aws }), table.name)).sequence : 0;
    const report = await runOnLake(call, { table, lake, aws }, (settings) =>
      loadEvents({
        ...settings,
        inputs: words,
        stdin,
        source: options.source,
        columns: options.columns,
        lookups,
        format: options.format,
        delimiter: options.delimiter,
        header,
        maxQuarantine: options['max-quarantine'],
        since: options.since,
        lateDays: options['late-days'],
        dryRun: options['dry-run'],
        engine: options.engine,
      }),
    );
    if (report.dryRun) return { data: report };
    // The commit is done, whether what follows it succeeds or not.
    const failures: unknown[] = [];
    const following = <Given>(work: () => Promise<Given>): Promise<Given | undefined> =>
      work().catch((failure: unknown) => {
        failures.push(failure);
        return undefined;
      });
    const registered =
      target && (await following(() => registerPartitions({ table, target, lake, after, signal })));
    const rollups = await refreshAfter(call, { config, table, lake, aws }, (failure) =>
      failures.push(failure),
    );
    return {
      data: { ...report, ...(registered ? { registered } : {}), ...rollups },
      ...(failures.length > 0 ? { failures } : {}),
    };
  },
  async print({ data: { registered, rollups, ...report } }, console, options) {
    await printLoadReport(console, report, options);
    if (rollups) await console.print(rollupsLine(rollups));
    if (registered) await printRegistered(console, registered);
  },
});
