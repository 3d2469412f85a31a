import { type CancelReport, cancelRun } from '@headwater/etl';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { jobOptions, jobPlace } from '../lake/job-place.ts';

interface CancelAnswer extends Answer {
  readonly data: CancelReport;
}

/** `headwater etl cancel` */
export const etlCancel = defineCommand({
  name: 'etl cancel',
  description:
    "Stops a run of the table's Spark job on AWS Glue. The lake is unchanged, unless the run had committed; the next load removes what it leaves.",
  words: { usage: '<run>', least: 1, most: 1, missing: 'the id of a run, or its first characters' },
  options: jobOptions,
  examples: [['etl cancel jr_4f1c', 'The run whose id begins so']],
  async run({ words: [run = ''], options, signal }): Promise<CancelAnswer> {
    return { data: await cancelRun({ ...(await jobPlace(options)), run, signal }) };
  },
  print: ({ data: { run, isCancelled, state } }, console) =>
    console.print(
      isCancelled ? `${console.style('yellow', 'stopping')} ${run}` : `${run} is over already: ${state}`,
    ),
});
