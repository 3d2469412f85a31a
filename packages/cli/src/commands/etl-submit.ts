import { type SubmitReport, submitLoad } from '@headwater/etl';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag, seconds, text, whole } from '../command-line/option.ts';
import { chosenJob, jobOptions } from '../lake/job-place.ts';
import { costText } from '../lake/job-run-text.ts';
import { printLoadReport } from '../lake/load-summary.ts';
import { lookupFiles, lookupOption } from '../lake/lookup-files.ts';
import { givenHeader, readingOptions, sourceOption } from '../lake/reading-options.ts';
import { rollupsOfConfig } from '../lake/rollups-of-config.ts';
import { runOptions } from '../lake/run-options.ts';
import { counted, priceText } from '../output/figures.ts';

interface SubmitAnswer extends Answer {
  readonly data: SubmitReport;
  /** Whether the config names rollups of the table. Glue writes none. */
  readonly hasRollups: boolean;
}

/** `headwater etl submit` */
export const etlSubmit = defineCommand({
  name: 'etl submit',
  description:
    'Loads objects on S3 with Spark on AWS Glue: uploads the script and its plan below the lake, creates or updates the job of the table, starts ' +
    'it and waits. The accounting is that of etl run. An input that was loaded before is skipped, whichever of the two loaded it. Needs `aws` in the config, and a ' +
    'role for the job: headwater derive spark-job --part role.',
  words: {
    usage: '<input...>',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    missing: 'an object, a prefix that ends in a slash, or a pattern on S3: s3://...',
  },
  options: {
    ...jobOptions,
    ...sourceOption,
    ...lookupOption,
    ...readingOptions,
    'target-file-size': runOptions['target-file-size'],
    allow: runOptions.allow,
    minutes: whole('N', 'Minutes that the run should take at most; its workers follow from that', {
      least: 1,
      default: '30',
    }),
    'worker-type': choice('TYPE', ['G.1X', 'G.2X', 'G.4X', 'G.8X'], 'Worker type', {
      default: 'the smallest one of which the workers are enough',
    }),
    'max-workers': whole('N', 'Maximum of workers', { least: 2, default: '100' }),
    'execution-class': choice('CLASS', ['STANDARD', 'FLEX'], 'FLEX waits for spare workers, and costs less', {
      default: 'STANDARD',
    }),
    timeout: whole('MINUTES', 'Stop the run after this many minutes', {
      least: 1,
      default: 'four times the estimate, at least 60',
    }),
    role: text('ARN', 'The role of the job', { default: 'headwater-<database>-spark of the account' }),
    'no-wait': flag('Return when the run has started'),
    poll: seconds('Time between two looks at the run', { default: '10' }),
  },
  examples: [
    ['etl submit s3://shop-landing/events/2026-01/', 'What lies below a prefix'],
    [
      "etl submit 's3://shop-landing/*/part-*.csv.gz' --minutes 60 --execution-class FLEX",
      'For less, and later',
    ],
    ['etl submit s3://shop-landing/events/ --no-wait && headwater etl runs --watch', 'Start it, then watch'],
  ],
  async run({ words, options, signal, onProgress }): Promise<SubmitAnswer> {
    const header = givenHeader(options);
    const { config, place } = await chosenJob(options);
    const data = await submitLoad({
      ...place,
      signal,
      inputs: words,
      source: options.source,
      columns: options.columns,
      lookups: lookupFiles(options.lookup, config, place.table),
      format: options.format,
      delimiter: options.delimiter,
      header,
      maxQuarantine: options['max-quarantine'],
      targetFileSize: options['target-file-size'],
      allow: options.allow,
      minutes: options.minutes,
      workerType: options['worker-type'],
      maxWorkers: options['max-workers'],
      executionClass: options['execution-class'],
      timeoutMinutes: options.timeout,
      role: options.role,
      wait: !options['no-wait'],
      pollSeconds: options.poll,
      onProgress: ({ phase, state, fraction }) =>
        onProgress?.({
          doing: phase === 'prepare' ? 'preparing the job' : `${(state ?? '').toLowerCase()} on Glue`,
          stage: 'work',
          ...{ fraction, rows: 0, bytes: 0 },
        }),
    });
    return { data, hasRollups: rollupsOfConfig(config, place.table).length > 0 };
  },
  async print({ data: { job, kept, isNew, capacity, run, load }, hasRollups }, console, options) {
    const { workers, workerType, dpuHours, dollars } = capacity;
    const size = `at most ${counted(workers, 'worker')} ${workerType}`;
    const about = load ? costText(run) : `about ${dpuHours.toPrecision(2)} DPU-hours, ${priceText(dollars)}`;
    const lines = [
      `job ${job} ${kept}`,
      `${isNew ? 'run' : 'run (it was running already)'} ${run.id}: ${[size, about].filter(Boolean).join('; ')}`,
    ];
    for (const line of lines) await console.print(console.style('dim', line));
    const next =
      'rollups: `headwater lake rollups --refresh --register --engine athena` writes those of the days that were loaded';
    if (load) {
      await printLoadReport(console, load, options);
      if (hasRollups) await console.print(console.style('dim', next));
      return;
    }
    await console.print(
      `${console.style('green', 'started')} ${run.id}. To watch it: headwater etl runs --watch; to stop it: headwater etl cancel ${run.id}`,
    );
  },
});
