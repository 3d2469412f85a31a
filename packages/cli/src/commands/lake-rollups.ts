import { isS3Location } from '@headwater/storage';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenAws, upkeepOptions } from '../config/chosen-lake.ts';
import { commandEngines } from '../config/engines.ts';
import { loadConfig } from '../config/load-config.ts';
import { engineOptions } from '../config/open-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import { printRollups, rollupsLine, scannedLines } from '../lake/print-rollups.ts';
import { runOptions } from '../lake/run-options.ts';
import { showRollups, type WrittenRollups, writeRollups } from '../lake/write-rollups.ts';

/** `headwater lake rollups` */
export const lakeRollups = defineCommand({
  name: 'lake rollups',
  description:
    "Shows the rollups of the config: a metric's own answers, stored by day, which queries read instead of the events. An entry is valid while " +
    'the files that it was computed from are those of the lake; a rollup is kept where it has at most one row for ten events. `etl run` ' +
    'writes what is missing after its commit. A day without a valid entry is computed from the events.',
  options: {
    ...upkeepOptions,
    refresh: flag('Write the days that are missing or no longer valid, and measure again what was not kept'),
    register: flag(
      'With --refresh: give the rollups of a lake on S3 tables in Glue, by which Athena and Trino read them',
    ),
    engine: choice(
      'ENGINE',
      ['athena', 'trino'] as const,
      'With --refresh: this engine computes the rows of a lake on S3, and no event is downloaded; one file a day is written from here',
      { default: 'duckdb, in this process' },
    ),
    'max-scan': engineOptions['max-scan'],
    'memory-limit': runOptions['memory-limit'],
    threads: runOptions.threads,
    'work-folder': runOptions['work-folder'],
    'lock-timeout': runOptions['lock-timeout'],
  },
  examples: [
    ['lake rollups --lake ./lake', 'Days, sizes, and what is kept'],
    ['lake rollups --refresh', 'After a compaction, for a schedule'],
    ['lake rollups --refresh --register', 'So that Athena and Trino read them as well'],
    ['lake rollups --refresh --register --engine athena', 'After Spark has loaded a large lake'],
  ],
  async run(call) {
    const { refresh, register, engine, 'max-scan': maxScan } = call.options;
    if (register && !refresh) throw new UsageError('--register needs --refresh.');
    if (engine && !refresh) throw new UsageError('--engine needs --refresh.');
    if (maxScan !== undefined && !engine) throw new UsageError('--max-scan needs --engine.');
    const { target } = register ? await chosenAws(call.options) : {};
    const own = engine && commandEngines[engine].lakeIn(await loadConfig(call.options.config));
    const values = { ...call.options, lake: call.options.lake ?? own };
    const on = engine && { engine, maxScan };
    return eachTable(values, (place): Promise<WrittenRollups> => {
      if (engine && !isS3Location(place.lake))
        throw new UsageError(
          `--engine ${engine} writes the rollups of a lake on S3; ${place.lake} is a folder.`,
        );
      return refresh ? writeRollups(call, place, { measuresAgain: true, target, on }) : showRollups(place);
    });
  },
  print: (answer, console, options) =>
    printEachTable(answer, console, options, async (report) => {
      await printRollups(console, report);
      if (options.refresh) await console.print(rollupsLine(report));
      for (const line of scannedLines(report)) await console.print(console.style('dim', line));
    }),
});
