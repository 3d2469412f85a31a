import {
  answerZone,
  describeMetric,
  type FinishedQuery,
  foldersOfRange,
  type Metric,
  type MetricDescription,
  metricNotes,
  metricOf,
  metrics,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { type Command, defineCommand } from '../command-line/command.ts';
import { describedOptions, describedValues, optionName } from '../command-line/described-options.ts';
import { flag, type OptionTable, repeated, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { openAnswerCache } from '../config/answer-cache.ts';
import { lakeDays } from '../config/lake-days.ts';
import { answerOf, engineOptions, openLake } from '../config/open-lake.ts';
import { knownMetrics, projectMetrics } from '../config/project-metrics.ts';
import { unprojectedNotes } from '../lake/unprojected-notes.ts';
import { metricResult } from '../rows/metric-result.ts';
import { rowForm, rowOptions } from '../rows/row-options.ts';
import { approximateLines, printScan, scanAnswer, scanLine } from '../rows/scan-answer.ts';

const fromCache =
  'from the cache of this machine: the same question about the same files; --no-cache runs the query again';

const askOptions = {
  ...rowOptions,
  explain: flag('Show what the query would read, its cost and its SQL; do not run it'),
  approximate: flag(
    'Let distinct counts over several days be estimates, where a rollup has their sketch; the standard error is shown',
  ),
  'no-rollup': flag('Compute the answer from the events, even if a rollup has it'),
  'no-cache': flag('Run the query on Trino or Athena even if this machine has its answer'),
  ...engineOptions,
};

/** `headwater query <metric>`: its options are the parameters of the metric, one that ships or one of the config. */
export async function queryFor(argv: readonly string[]): Promise<Command> {
  const shipped = argv.find((word) => Object.hasOwn(metrics, word));
  // A metric that ships needs no config to be described.
  if (shipped !== undefined) return queryMetric(metricOf(shipped));
  const [name] = argv;
  if (name === undefined || name.startsWith('-')) {
    const known = await knownMetrics(argv);
    const own = argv.find((word) => word in known);
    return own === undefined ? queryAny(Object.keys(known)) : queryMetric(metricOf(own, known));
  }
  return queryMetric(metricOf(name, await projectMetrics(argv)));
}

/** The command without a metric, for its help and for completion. */
const queryAny = (names: readonly string[]): Command =>
  defineCommand({
    name: 'query',
    description: `Computes a metric over the lake. headwater query <metric> --help shows its definition. The metrics: ${names.join(', ')}.`,
    words: { usage: '<metric>', least: 1, most: 1, missing: `a metric: ${names.join(', ')}`, choices: names },
    options: {
      from: text('DATE', 'First day, YYYY-MM-DD'),
      to: text('DATE', 'Last day, inclusive, YYYY-MM-DD'),
      zone: text('ZONE', 'Time zone of days and hours in place of UTC; defaults to that of the table'),
      ...askOptions,
    },
    examples: [
      ['query daily-visitors --lake ./lake --from 2019-10-01 --to 2019-10-07', 'A table with bars'],
      [
        'query top-categories --from 2019-10-01 --to 2019-10-07 --by weekday --limit 3',
        'What sells on which weekday',
      ],
      [
        'query revenue --from 2019-10-01 --to 2019-10-31 --engine athena --explain',
        'The cost on Athena, without running it',
      ],
      [
        'query revenue --from 2019-10-01 --to 2019-10-31 --engine postgres',
        'On a PostgreSQL that headwater lake load has filled',
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
  const described = describeMetric(metric);
  const { name, definition, nullSessions, nullActors, parameters } = described;
  return defineCommand({
    name: `query ${name}`,
    description: `${definition} Events without a session: ${nullSessions} Events without an actor: ${nullActors} ${needsText(described)}`,
    words: { usage: '', least: 1, most: 1 },
    options: {
      ...openBy(describedOptions(parameters), metric),
      ...filterOptions,
      ...askOptions,
    },
    examples: [
      [`query ${name} --lake ./lake --from 2019-10-01 --to 2019-10-07`, 'One week'],
      [`query ${name} --from 2019-10-01 --to 2019-10-07 --where brand=acme`, 'Of the events with one value'],
    ],
    async run({ options, signal }) {
      // The options of a metric are named by its parameters, so their values are known by name only.
      const values: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(options));
      rowForm(options);
      const missing = parameters.filter((one) => one.required && values[optionName(one)] === undefined);
      if (missing.length > 0)
        throw new UsageError(
          `headwater query ${name} needs ${missing.map((one) => `--${optionName(one)}`).join(' and ')}.`,
        );
      const where = readFilters(options.where);
      const asked: Readonly<Record<string, unknown>> = {
        ...describedValues(parameters, values),
        ...(where ? { where } : {}),
      };
      const askedZone = asked['zone'] === undefined ? undefined : String(asked['zone']);
      const range = { from: String(asked['from']), to: String(asked['to']), zone: askedZone };
      const finished: FinishedQuery[] = [];
      const isWhole = async (): Promise<boolean> => (await unprojected()).length === 0;
      const answers = options['no-cache'] || metric.namesActors ? undefined : openAnswerCache(isWhole);
      const opened = await openLake(options, {
        onFinish: (query) => finished.push(query),
        cache: answers?.cache,
      });
      const { lake, table } = opened;
      let found: Promise<string[]> | undefined;
      const unprojected = (): Promise<string[]> => {
        found ??= unprojectedNotes(opened, [table.name], foldersOfRange(table.schema, range));
        return found;
      };
      return answerOf(opened, async () => {
        const { approximate, 'no-rollup': noRollup } = options;
        const query = namedMetricQuery(tableOf(lake, table.name), metric, asked, { approximate });
        if (options.explain) {
          const { rollup: _rollup, statement: _statement, ...raw } = query;
          return scanAnswer(opened, noRollup ? raw : query);
        }
        const { schema } = table;
        const zone = answerZone({ schema, zone: askedZone });
        const result = metricResult(metric, query, asked, lake, schema, { signal, noRollup });
        return {
          rows: { ...result, whenEmpty: () => lakeDays(opened.location, table.name, opened.config.aws) },
          footer: async () => (zone === undefined ? [] : [`days and hours in ${zone}`]),
          notes: async () => [
            ...finished.map((one) => scanLine(opened, one)),
            ...(approximate && !noRollup ? approximateLines(await query.rollup()) : []),
            ...(answers?.isUsed ? [fromCache] : []),
            ...(await metricNotes(tableOf(lake, table.name), metric, asked, { signal })).map(
              ({ text }) => text,
            ),
            ...(await unprojected()),
          ],
        };
      });
    },
    print: printScan,
  });
}

const filterOptions = {
  where: repeated(
    'COLUMN=VALUE',
    'Count only events with this value; repeat it for more values of a column, and for more columns. COLUMN= is events without a value. ' +
      'Sessions and orders are then what these events make',
  ),
};

/** Lets `by` take a column of the table too. The columns are known only when the config is read, so any text passes here. */
function openBy(options: OptionTable, { breakdowns }: Metric): OptionTable {
  const { by } = options;
  if (!by || !breakdowns.some((one) => one === 'category' || one === 'brand')) return options;
  const description = `${by.description}, or a column of the table`;
  return { ...options, by: { ...by, description, read: (given) => given || undefined } };
}

/** The filters of the command line, as the metrics take them. */
function readFilters(given: readonly string[]): Record<string, readonly (string | null)[]> | undefined {
  const filters = new Map<string, (string | null)[]>();
  for (const one of given) {
    const [, column, value] = /^([^=]+)=([\s\S]*)$/.exec(one) ?? [];
    if (column === undefined || value === undefined)
      throw new UsageError(`--where ${one}: expected COLUMN=VALUE, such as --where country=DE.`);
    filters.set(column, [...(filters.get(column) ?? []), value === '' ? null : value]);
  }
  return filters.size > 0 ? Object.fromEntries(filters) : undefined;
}

/** What a table needs for a metric, in a sentence or two. */
function needsText({ roles, actions, optionalRoles, askedRoles, measureNeeds }: MetricDescription): string {
  const needs = [...new Set(['time', ...roles])].join(', ');
  const acts = actions.length > 0 ? `, and the actions ${actions.join(', ')}` : '';
  const also = optionalRoles.length > 0 ? `. Uses ${optionalRoles.join(', ')} where the table has them` : '';
  const lists = measureNeeds.map(({ need, measures }) => `without ${need} no ${measures.join(', ')}`);
  const without = lists.length > 0 ? `; ${lists.join('; ')}` : '';
  const asked = askedRoles.length > 0 ? `. Some parameters need ${askedRoles.join(', ')}` : '';
  return `Needs columns with the roles ${needs}${acts}${also}${without}${asked}.`;
}
