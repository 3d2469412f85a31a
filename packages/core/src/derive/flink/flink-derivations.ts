import { z } from 'zod';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveFlinkApplication, flinkApplicationZip } from './flink-application.ts';
import type { FlinkConnector, FlinkConnectorName, FlinkStart } from './flink-connector.ts';
import { deriveFlinkJob } from './flink-job.ts';
import { deriveFlinkNotebook } from './flink-notebook.ts';
import { flinkScript, statementsText } from './flink-script.ts';
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
  questions: z
    .string()
    .optional()
    .describe(
      `Questions, separated by commas: ${flinkQuestionNames.join(', ')} (default: all that the table can answer)`,
    ),
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
const keysOf = (
  { name }: TableSchema,
  { stream }: AwsTarget,
): Readonly<Record<string, string>> | undefined => (carries(stream, name) ? stream?.keys : undefined);

const carries = (stream: AwsTarget['stream'], table: string): boolean =>
  stream?.tables === undefined || stream.tables.includes(table);

/** Where a table's events are, or with `suffix` the answers to a question. */
function placeOf(
  { name }: TableSchema,
  { region, account, partition, stream: config }: AwsTarget,
  { connector: by, stream: given, path, from }: PlaceOptions,
  suffix = '',
): FlinkConnector {
  const stream = `${given ?? (carries(config, name) ? config?.name : undefined) ?? name}${suffix && `-${suffix}`}`;
  if (by === 'kinesis-legacy') return { connector: by, stream, region, from };
  if (by === 'kinesis')
    return {
      connector: by,
      streamArn: `arn:${partition}:kinesis:${region}:${account}:stream/${stream}`,
      from,
    };
  if (path === undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'path',
      value: '',
      expected: 'the URL of a folder, because the connector is filesystem',
    });
  return { connector: 'filesystem', path: suffix ? `${path.replace(/\/+$/, '')}-${suffix}` : path };
}

const questionsOption = (text: string | undefined): readonly FlinkQuestionName[] | undefined =>
  text?.split(',').map((name) => name.trim() as FlinkQuestionName);

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
    'shade from the connectors that it names. Answers go to <stream>-<question>, at least once: their answer_key tells repetitions.',
  needs: 'target',
  options: z.object({
    part: z
      .enum(['script', 'zip', 'application', 'explanation'])
      .default('script')
      .describe(
        'The script, what the zip has, the input of CreateApplication, or the questions in words and where answers differ',
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
    ['--questions per-minute,many-actions', 'Two questions'],
    ['--part application', 'Input of aws kinesisanalyticsv2 create-application --cli-input-json'],
    ['--part explanation', 'Where answers differ from those of the metrics over the lake'],
  ],
  derive({ schema, target }, { part = 'script', connector: by = 'kinesis', ...options }) {
    const place = { connector: by, stream: options.stream, path: options.path, from: options.from };
    if (part === 'application')
      return jsonText(
        deriveFlinkApplication(schema, target, {
          code: options.code ?? `${target.location}__flink/${schema.name}.zip`,
          role: options.role,
          parallelism: options.parallelism,
        }),
      );
    const job = deriveFlinkJob(schema, {
      source: placeOf(schema, target, place),
      sink: (question) => placeOf(schema, target, place, question),
      questions: questionsOption(options.questions),
      latenessSeconds: options.latenessSeconds,
      keys: keysOf(schema, target),
      idleSeconds: options.idleSeconds,
      rememberHours: options.rememberHours,
    });
    if (part === 'zip') return jsonText(flinkApplicationZip(job));
    if (part === 'explanation') return jsonText({ questions: job.questions, differences: job.differences });
    return { text: flinkScript(job) };
  },
});

/** A notebook over the stream of a table. */
export const flinkNotebookDerivation = defineDerivation({
  description:
    'Notebook of Managed Flink Studio (.zpln): the stream of a table, and a paragraph for each question',
  details:
    'Studio needs the connector as a dependency of the notebook: org.apache.flink:flink-sql-connector-kinesis. A paragraph shows rows while it runs.',
  needs: 'target',
  options: z.object({
    stream: tableOptions.stream,
    from: tableOptions.from,
    latenessSeconds: tableOptions.latenessSeconds,
    ...questionOptions,
  }),
  examples: [['--from TRIM_HORIZON', 'From the oldest record that the stream has']],
  derive: ({ schema, target }, { stream, from, questions, latenessSeconds, idleSeconds, rememberHours }) => {
    const source = placeOf(schema, target, { connector: 'kinesis-legacy', stream, from });
    if (source.connector !== 'kinesis-legacy') throw new Error('A notebook reads by the former connector');
    return jsonText(
      deriveFlinkNotebook(schema, {
        source,
        questions: questionsOption(questions),
        latenessSeconds,
        keys: keysOf(schema, target),
        idleSeconds,
        rememberHours,
      }),
    );
  },
});
