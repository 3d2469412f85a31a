import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { flinkName } from '../../types/flink-type.ts';
import {
  askFlinkQuestions,
  type DescribedFlinkQuestion,
  type FlinkQuestionsOptions,
  flinkSettings,
  questionSelect,
  questionViews,
} from './ask-questions.ts';
import { type FlinkConnector, type FlinkOptions, sinkOptions, withOptions } from './flink-connector.ts';
import type { FlinkDifference } from './flink-differences.ts';
import { deriveFlinkTable, type FlinkStatement } from './flink-table.ts';
import type { FlinkQuestionName } from './questions/flink-questions.ts';

/** What a job reads and writes. */
export interface FlinkJobOptions extends FlinkQuestionsOptions {
  readonly source: FlinkConnector;
  /** Where the answers of a question go. */
  readonly sink: (question: FlinkQuestionName) => FlinkConnector;
  /** Options of the connector or the format of sinks that are added, or replaced. */
  readonly sinkConnectorOptions?: FlinkOptions | undefined;
}

/** A job of Flink SQL: all of its questions read the stream once. */
export interface FlinkJob {
  /** Settings of the session. */
  readonly settings: FlinkOptions;
  /** What is made before the job starts: tables and views. */
  readonly statements: readonly FlinkStatement[];
  /** `INSERT INTO`, one for each question. They are one job. */
  readonly inserts: readonly FlinkStatement[];
  /** The questions in words: with their parameters, and what becomes of events without a session or an actor. */
  readonly questions: readonly DescribedFlinkQuestion[];
  /** Where its answers differ from those of the metrics over the lake. */
  readonly differences: readonly FlinkDifference[];
}

/**
 * A job that answers questions from a stream, each into a table of its own. Rows are only added: each has a key that is the same when it is
 * written again, since a stream takes answers at least once.
 *
 * @throws HeadwaterError like {@link deriveFlinkTable}; `OPTION_INVALID` for a question that the table cannot answer
 * @example
 * ```ts
 * const job = deriveFlinkJob(clickstream.schema, {
 *   source: { connector: 'kinesis', streamArn: `${arn}clicks` },
 *   sink: (question) => ({ connector: 'kinesis', streamArn: `${arn}clicks-${question}` }),
 *   questions: ['per-minute', 'many-actions'],
 * });
 * flinkScript(job); // SET 'table.local-time-zone' = 'UTC'; ... EXECUTE STATEMENT SET BEGIN ...
 * ```
 */
export function deriveFlinkJob(schema: TableSchema, options: FlinkJobOptions): FlinkJob {
  const table = deriveFlinkTable(schema, options?.source, options);
  const asked = askFlinkQuestions(schema, table.events, options, false);
  if (typeof options.sink !== 'function')
    fail('sink', options.sink, 'a function that gives the place of the answers to a question');
  const placeOf = (question: FlinkQuestionName): FlinkConnector => {
    const place = options.sink(question);
    // The job would read its own answers as events.
    if (isSamePlace(place, options.source))
      fail('sink', `of ${question}`, 'another place than the one that events are read from');
    return place;
  };
  const sinkName = (name: FlinkQuestionName): string => `${schema.name}_${name.replaceAll('-', '_')}`;
  return {
    settings: flinkSettings(options),
    statements: [
      ...table.statements,
      ...questionViews(asked),
      ...asked.map(({ question: { name, title }, columns }) => ({
        name: sinkName(name),
        purpose: `Where answers go: ${title}`,
        sql: `CREATE TEMPORARY TABLE ${flinkName(sinkName(name))} (\n${columns
          .map((column) => `  ${flinkName(column.name)} ${column.type}`)
          .join(',\n')}\n) ${withOptions(sinkOptions(placeOf(name), options.sinkConnectorOptions))}`,
      })),
    ],
    inserts: asked.map(({ question: { name, definition }, ...answer }) => ({
      name: sinkName(name),
      purpose: definition,
      sql: `INSERT INTO ${flinkName(sinkName(name))}\n${questionSelect(answer)}`,
    })),
    questions: asked.map(({ question }) => question),
    differences: [...table.differences, ...asked.flatMap(({ differences }) => differences)],
  };
}

const isSamePlace = (place: FlinkConnector, source: FlinkConnector): boolean =>
  JSON.stringify(Object.entries(sinkOptions(place))) === JSON.stringify(Object.entries(sinkOptions(source)));

function fail(option: string, value: unknown, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
}
