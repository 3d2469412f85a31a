import { defineCommand } from '../command-line/command.ts';
import { flag } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenAws, upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import { printRollups, rollupsLine } from '../lake/print-rollups.ts';
import { runOptions } from '../lake/run-options.ts';
import { showRollups, writeRollups } from '../lake/write-rollups.ts';

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
    'memory-limit': runOptions['memory-limit'],
    threads: runOptions.threads,
    'work-folder': runOptions['work-folder'],
    'lock-timeout': runOptions['lock-timeout'],
  },
  examples: [
    ['lake rollups --lake ./lake', 'Days, sizes, and what is kept'],
    ['lake rollups --refresh', 'After a compaction, for a schedule'],
    ['lake rollups --refresh --register', 'So that Athena and Trino read them as well'],
  ],
  async run(call) {
    const { refresh, register } = call.options;
    if (register && !refresh) throw new UsageError('--register needs --refresh.');
    const { target } = register ? await chosenAws(call.options) : {};
    return eachTable(call.options, (place) =>
      refresh ? writeRollups(call, place, { measuresAgain: true, target }) : showRollups(place),
    );
  },
  print: (answer, console, options) =>
    printEachTable(answer, console, options, async (report) => {
      await printRollups(console, report);
      if (options.refresh) await console.print(rollupsLine(report));
    }),
});
