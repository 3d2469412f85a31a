import { setTimeout as wait } from 'node:timers/promises';
import { type JobRunsReport, jobRuns } from '@headwater/etl';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, seconds, whole } from '../command-line/option.ts';
import { jobOptions, jobPlace } from '../lake/job-place.ts';
import { accountingCells, costText, printRunChange } from '../lake/job-run-text.ts';
import { durationText } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';

interface RunsAnswer extends Answer {
  readonly data: JobRunsReport;
}

const shownRuns = 10;
const defaultPoll = 10;

/** `headwater etl runs` */
export const etlRuns = defineCommand({
  name: 'etl runs',
  description:
    "Lists the runs of the table's Spark job on AWS Glue, the latest first: state, time, DPU-hours and their price, and the accounting that each reported.",
  options: {
    ...jobOptions,
    limit: whole('N', 'How many runs', { least: 1, default: String(shownRuns) }),
    watch: flag('Wait until no run is running, and print each change'),
    poll: seconds('Time between two looks', { default: String(defaultPoll) }),
  },
  examples: [
    ['etl runs', 'The latest runs'],
    ['etl runs --watch', 'Until the running one ends'],
  ],
  async run({ options, signal, onPart }): Promise<RunsAnswer> {
    const place = { ...(await jobPlace(options)), limit: options.limit ?? shownRuns, signal };
    const seen = new Map<string, string>();
    for (;;) {
      signal.throwIfAborted();
      const data = await jobRuns(place);
      if (!options.watch) return { data };
      for (const run of data.runs.toReversed()) {
        if (!run.isOver && seen.get(run.id) !== run.state) await onPart?.(run);
        seen.set(run.id, run.state);
      }
      if (data.runs.every(({ isOver }) => isOver)) return { data };
      await wait((options.poll ?? defaultPoll) * 1000, undefined, { signal });
    }
  },
  printPart: printRunChange,
  async print({ data: { job, runs } }, console) {
    if (runs.length === 0)
      return console.print(`${job} has no runs. Start one: headwater etl submit <input...>`);
    const titles = [
      'run',
      'state',
      'began',
      'took',
      'rows in',
      'rows out',
      'duplicates',
      'quarantined',
      'cost',
    ];
    await console.print(console.style('bold', job));
    await console.write(
      tableText(
        titles.map((title, index) => ({
          title,
          align: index > 2 && index < 8 ? ('right' as const) : ('left' as const),
        })),
        runs.map((run) => [
          run.id,
          run.result?.status === 'skipped' ? `${run.state}, nothing new` : run.state,
          run.startedAt?.slice(0, 19).replace('T', ' ') ?? '',
          run.seconds > 0 ? durationText(run.seconds) : '',
          ...accountingCells(run),
          costText(run),
        ]),
        console,
      ),
    );
    for (const { id, problem, result } of runs) {
      const why =
        result?.status === 'failed' ? `[${result.code}] ${result.message ?? problem ?? ''}` : problem;
      if (why) await console.print(console.style('yellow', `${id}: ${why}`));
    }
  },
});
