import { z } from 'zod';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { carriesTable, kinesisArn, streamOf } from '../../catalog/kinesis-stream.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type DerivationInputs, defineDerivation, jsonText } from '../derivation.ts';
import type { FlinkQuestionsOptions, StreamingMetric } from './ask-questions.ts';
import { deriveFlinkApplication, flinkApplicationZip } from './flink-application.ts';
import type { FlinkConnector, FlinkConnectorName, FlinkStart } from './flink-connector.ts';
import { deriveFlinkJob } from './flink-job.ts';
import { deriveFlinkNotebook } from './flink-notebook.ts';
import { answersStream, flinkCode } from './flink-place.ts';
import { deriveFlinkRole } from './flink-role.ts';
import { flinkScript, statementsText } from './flink-script.ts';
import { deriveFlinkStudio } from './flink-studio.ts';
import { deriveFlinkTable } from './flink-table.ts';
import { type FlinkQuestionName, flinkQuestionNames } from './questions/flink-questions.ts';

const whole = z.coerce.number().int().optional();

const tableOptions = {
  stream: z.string().optional().describe("Kinesis stream (default: that of the config, or the table's name)"),
  path: z
    .string()
    .optional()
    .describe('With filesystem: URL of the folder of JSON lines, such as file:///data/events'),
  from: z
    .enum(['LATEST', 'TRIM_HORIZON'])
    .optional()
    .describe('Where reading of the stream begins (default: LATEST)'),
  latenessSeconds: whole.describe('Seconds that an event may be late (default: 10)'),
};

const connector = z
  .enum(['kinesis', 'kinesis-legacy', 'filesystem'])
  .default('kinesis')
  .describe('kinesis is the connector 5 of Managed Flink 1.20, kinesis-legacy that of Studio');

const questionOptions = {
  metric: z
    .string()
    .optional()
    .describe('Metric: the question that it asks of a stream, with the parameters of the metric'),
  questions: z
    .string()
    .optional()
    .describe(
      `Questions, separated by commas: ${flinkQuestionNames.join(', ')} (default: that of --metric, or all that the table can answer)`,
    ),
  steps: z
    .string()
    .optional()
    .describe('Of funnel: actions of the table, in the order of the steps, with commas between them'),
  idleSeconds: whole.describe(
    'Seconds after which a shard without records holds back no window (default: 30)',
  ),
  rememberHours: whole.describe('Hours for which duplicates are left out (default: 24)'),
};

interface PlaceOptions {
  readonly connector: FlinkConnectorName;
  readonly stream?: string | undefined;
  readonly path?: string | undefined;
  readonly from?: FlinkStart | undefined;
}

/** The JSON keys of the config, where the stream is that of the table. */
const keysOf = ({ name }: TableSchema, target: AwsTarget): Readonly<Record<string, string>> | undefined =>
  carriesTable(target, name) ? target.stream?.keys : undefined;

/** Where a table's events are, or with `question` the answers to it. */
function placeOf(
  { name }: TableSchema,
  target: AwsTarget,
  { connector: by, stream: given, path, from }: PlaceOptions,
  question = '',
): FlinkConnector {
  const events = given ?? streamOf(name, target);
  const stream = question === '' ? events : answersStream(events, question);
  if (path !== undefined && by !== 'filesystem')
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'path',
      value: path,
      expected: `none, because the connector is ${by}. Add --connector filesystem`,
    });
  if (by === 'kinesis-legacy') return { connector: by, stream, region: target.region, from };
  if (by === 'kinesis') return { connector: by, streamArn: kinesisArn(target, stream), from };
  if (path === undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'path',
      value: '',
      expected: 'the URL of a folder, because the connector is filesystem',
    });
  return { connector: 'filesystem', path: question ? `${path.replace(/\/+$/, '')}-${question}` : path };
}

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').map((name) => name.trim());

type KnownMetrics = DerivationInputs['metrics']['metrics'];

/** What is asked: questions, or a metric by its name. */
function askedBy(
  { questions, metric, steps }: Partial<Record<'questions' | 'metric' | 'steps', string | undefined>>,
  metrics: KnownMetrics,
): Pick<FlinkQuestionsOptions, 'questions' | 'metrics' | 'parameters'> {
  return {
    questions: listOf(questions) as readonly FlinkQuestionName[] | undefined,
    ...(metric === undefined ? {} : { metrics: [streamingMetric(metric, metrics)] }),
    ...(steps === undefined ? {} : { parameters: { funnel: { steps: listOf(steps) ?? [] } } }),
  };
}

const takesMetric = ({ streaming }: StreamingMetric): boolean => streaming !== undefined;

/** @throws HeadwaterError `METRIC_UNKNOWN`, or `OPTION_INVALID` for a metric that asks nothing of a stream */
function streamingMetric(name: string, metrics: KnownMetrics): StreamingMetric {
  const metric = metrics[name];
  if (metric === undefined)
    throw new HeadwaterError('METRIC_UNKNOWN', { metric: name, known: Object.keys(metrics) });
  if (takesMetric(metric)) return metric;
  const others = Object.values(metrics).flatMap((one) => (one && takesMetric(one) ? one.name : []));
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'metric',
    value: name,
    expected: `a metric with a meaning over a stream: ${others.join(', ')}`,
  });
}

/** The metrics that ask a question of the lake. */
const askers = (question: FlinkQuestionName, metrics: KnownMetrics): string[] =>
  Object.values(metrics).flatMap((metric) => (metric?.streaming?.question === question ? metric.name : []));

/** The stream of a table in Flink SQL. */
export const flinkTableDerivation = defineDerivation({
  description: 'CREATE TABLE of Flink SQL over the stream of a table, and views of clean events, each once',
  needs: 'target',
  options: z.object({ connector, ...tableOptions }),
  examples: [
    ['--connector kinesis-legacy', 'For notebooks of Studio'],
    ['', 'The first table of the config, for Managed Flink 1.20'],
  ],
  derive: ({ schema, target }, { connector: by = 'kinesis', stream, path, from, latenessSeconds }) => {
    const source = placeOf(schema, target, { connector: by, stream, path, from });
    return {
      text: statementsText(
        deriveFlinkTable(schema, source, { latenessSeconds, keys: keysOf(schema, target) }).statements,
      ),
    };
  },
});

/** A job that answers questions from the stream of a table. */
export const flinkJobDerivation = defineDerivation({
  description: 'Job of Flink SQL: questions to the stream of a table, each answered into a stream of its own',
  details:
    'The script is for sql-client.sh -f. An application of Managed Flink 1.20 runs the zip: a program in Python, the job, and a jar that you ' +
    'shade from the connectors that it names. Answers go to <stream>-<question>, at least once: their answer_key tells repetitions. Its group of logs ' +
    'has to exist: aws logs create-log-group, create-log-stream.',
  needs: 'metrics',
  takesMetric,
  options: z.object({
    part: z
      .enum(['script', 'zip', 'application', 'role', 'explanation'])
      .default('script')
      .describe(
        'The script, what the zip has, the input of CreateApplication, that of CreateRole, or the questions in words and where answers differ',
      ),
    connector,
    ...tableOptions,
    ...questionOptions,
    code: z
      .string()
      .optional()
      .describe('With application: the zip, s3://bucket/key.zip (default: <lake>__flink/<table>.zip)'),
    role: z
      .string()
      .optional()
      .describe('With application: ARN of the role (default: headwater-<database>-flink)'),
    parallelism: whole.describe('With application: tasks in parallel (default: 1)'),
  }),
  examples: [
    ['--metric cart-abandonment', 'What a metric asks, as a question to the stream'],
    ['--metric funnel --steps view,purchase', 'A funnel over steps of your own'],
    ['--questions per-minute,many-actions', 'Two questions'],
    ['--part role', 'Its role; its policy: iam-policy --role flink'],
    ['--part application', 'Input of aws kinesisanalyticsv2 create-application --cli-input-json'],
    ['--part explanation', 'Where answers differ from those of the metrics over the lake'],
  ],
  derive({ schema, target, metrics }, { part = 'script', connector: by = 'kinesis', ...options }) {
    const place = { connector: by, stream: options.stream, path: options.path, from: options.from };
    if (part === 'application')
      return jsonText(
        deriveFlinkApplication(schema, target, {
          code: options.code ?? flinkCode(target, schema.name),
          role: options.role,
          parallelism: options.parallelism,
        }),
      );
    if (part === 'role') return jsonText(deriveFlinkRole(target));
    const job = deriveFlinkJob(schema, {
      source: placeOf(schema, target, place),
      sink: (question) => placeOf(schema, target, place, question),
      ...askedBy(options, metrics),
      latenessSeconds: options.latenessSeconds,
      keys: keysOf(schema, target),
      idleSeconds: options.idleSeconds,
      rememberHours: options.rememberHours,
    });
    if (part === 'zip') return jsonText(flinkApplicationZip(job));
    if (part === 'explanation')
      return jsonText({
        questions: job.questions.map((question) => ({
          ...question,
          metrics: askers(question.name, metrics),
        })),
        differences: job.differences,
      });
    return { text: flinkScript(job) };
  },
});

/** A notebook over the stream of a table. */
export const flinkNotebookDerivation = defineDerivation({
  description:
    'Notebook of Managed Flink Studio (.zpln): the stream of a table, and a paragraph for each question',
  details:
    'A paragraph shows rows while it runs. The application of the notebook brings the connector; the catalog is the Glue database, in which nothing is made, because tables are temporary.',
  needs: 'metrics',
  takesMetric,
  options: z.object({
    part: z
      .enum(['notebook', 'application', 'role'])
      .default('notebook')
      .describe('The notebook, the input of CreateApplication of Studio, or that of CreateRole'),
    stream: tableOptions.stream,
    from: tableOptions.from,
    latenessSeconds: tableOptions.latenessSeconds,
    ...questionOptions,
    role: z
      .string()
      .optional()
      .describe('With application: ARN of the role (default: headwater-<database>-flink-studio)'),
    parallelism: whole.describe('With application: tasks in parallel (default: 1)'),
  }),
  examples: [
    ['--metric conversion-funnel', 'What a metric asks, as a paragraph'],
    ['--from TRIM_HORIZON', 'From the oldest record that the stream has'],
    ['--part role', 'Its role; its policy: iam-policy --role flink-studio'],
    ['--part application', 'Input of aws kinesisanalyticsv2 create-application --cli-input-json'],
  ],
  derive: ({ schema, target, metrics }, { part = 'notebook', role, parallelism, ...options }) => {
    if (part === 'application') return jsonText(deriveFlinkStudio(schema, target, { role, parallelism }));
    if (part === 'role') return jsonText(deriveFlinkRole(target, 'studio'));
    const { stream, from, latenessSeconds, idleSeconds, rememberHours } = options;
    const source = placeOf(schema, target, { connector: 'kinesis-legacy', stream, from });
    if (source.connector !== 'kinesis-legacy') throw new Error('A notebook reads by the former connector');
    return jsonText(
      deriveFlinkNotebook(schema, {
        source,
        ...askedBy(options, metrics),
        latenessSeconds,
        keys: keysOf(schema, target),
        idleSeconds,
        rememberHours,
      }),
    );
  },
});
