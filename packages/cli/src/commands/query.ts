import {
  closeLake,
  describeMetric,
  type FinishedQuery,
  type Metric,
  metricOf,
  metrics,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { type Command, defineCommand } from '../command-line/command.ts';
import { describedOptions, describedValues, optionName } from '../command-line/described-options.ts';
import { flag, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { openAnswerCache } from '../config/answer-cache.ts';
import { lakeDays } from '../config/lake-days.ts';
import { engineOptions, openLake } from '../config/open-lake.ts';
import { metricResult } from '../output/metric-result.ts';
import { askedFormat, giveResult, resultOptions } from '../output/result-output.ts';
import { printScan, scanLine } from '../output/scan-report.ts';

const fromCache =
  'the answer to the same question about the same files, kept on this machine; --no-cache asks again';

const askOptions = {
  ...resultOptions,
  explain: flag('Say what the query would read, what that costs, and its SQL; do not run it'),
  'no-cache': flag('Ask Trino or Athena again, though this machine has the answer'),
  ...engineOptions,
};

/** `headwater query <metric>`: its options are the parameters of the metric that is asked for. */
export function queryFor(argv: readonly string[]): Command {
  const name = argv.find((word) => Object.hasOwn(metrics, word)) ?? argv[0];
  if (name === undefined || name.startsWith('-')) return queryAny;
  return queryMetric(metricOf(name));
}

const names = Object.keys(metrics);

/** The command without a metric: for its help, and for the completion of metrics. */
export const queryAny = defineCommand({
  name: 'query',
  description: `Asks the lake for a metric. Each has a definition in words: headwater query revenue --help. The metrics: ${names.join(', ')}.`,
  words: { usage: '<metric>', least: 1, most: 1, missing: `a metric: ${names.join(', ')}`, choices: names },
  options: {
    from: text('DATE', 'First day, YYYY-MM-DD (UTC)'),
    to: text('DATE', 'Last day, inclusive, YYYY-MM-DD (UTC)'),
    ...askOptions,
  },
  examples: [
    ['query daily-visitors --lake ./lake --from 2019-10-01 --to 2019-10-07', 'A table with bars'],
    [
      'query top-categories --from 2019-10-01 --to 2019-10-07 --by weekday --limit 3',
      'What sells on which day',
    ],
    [
      'query revenue --from 2019-10-01 --to 2019-10-31 --engine athena --explain',
      'What it would cost on Athena',
    ],
    [
      'query cart-abandonment --from 2019-10-01 --to 2019-10-31 --grain week --format csv',
      'For a spreadsheet',
    ],
  ],
  async run() {
    throw new UsageError(`headwater query needs a metric: ${names.join(', ')}.`);
  },
});

function queryMetric(metric: Metric): Command {
  const { name, definition, nullSessions, parameters } = describeMetric(metric);
  return defineCommand({
    name: `query ${name}`,
    description: `${definition} Events without a session: ${nullSessions}`,
    words: { usage: '', least: 1, most: 1 },
    options: {
      ...describedOptions(parameters),
      ...askOptions,
    },
    examples: [[`query ${name} --lake ./lake --from 2019-10-01 --to 2019-10-07`, 'One week']],
    async run({ options, console, signal }) {
      // Options of a metric are named by its parameters, so their values are known by name only.
      const values: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(options));
      askedFormat(options, console);
      const missing = parameters.filter((one) => one.required && values[optionName(one)] === undefined);
      if (missing.length > 0)
        throw new UsageError(
          `headwater query ${name} needs ${missing.map((one) => `--${optionName(one)}`).join(' and ')}.`,
        );
      const finished: FinishedQuery[] = [];
      const answers = options['no-cache'] || metric.namesActors ? undefined : openAnswerCache();
      const opened = await openLake(options, {
        onFinish: (query) => finished.push(query),
        cache: answers?.cache,
      });
      const { lake, table } = opened;
      try {
        const query = namedMetricQuery(
          tableOf(lake, table.name),
          metric,
          describedValues(parameters, values),
        );
        if (options.explain) {
          await printScan(opened, query, console, options.json);
          return true;
        }
        const result = metricResult(metric, query, lake, signal);
        const whenEmpty = () => lakeDays(opened.location, table.name);
        await giveResult({ ...result, whenEmpty }, options, console);
        if (!options.json)
          for (const one of finished) console.note(console.noteStyle('dim', scanLine(opened, one)));
        if (!options.json && answers?.isUsed) console.note(console.noteStyle('dim', fromCache));
      } finally {
        await closeLake(lake);
      }
      return true;
    },
  });
}
