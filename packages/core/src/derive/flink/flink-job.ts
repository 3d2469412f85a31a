import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { flinkName, flinkText } from '../../types/flink-type.ts';
import { type FlinkConnector, type FlinkOptions, sinkOptions, withOptions } from './flink-connector.ts';
import { differencesOf, type FlinkDifference } from './flink-differences.ts';
import { deriveFlinkTable, type FlinkStatement, type FlinkTableOptions, wholeNumber } from './flink-table.ts';
import type { FlinkAnswer, FlinkQuestion } from './questions/flink-question.ts';
import {
  type FlinkQuestionName,
  type FlinkQuestionParameters,
  flinkQuestions,
  lackedByQuestion,
  questionParameters,
  questionsOf,
} from './questions/flink-questions.ts';

/** How a stream is read, and what is asked of it. */
export interface FlinkQuestionsOptions extends FlinkTableOptions {
  /** The questions. Defaults to all that the table can answer. */
  readonly questions?: readonly FlinkQuestionName[] | undefined;
  readonly parameters?: FlinkQuestionParameters | undefined;
  /** Seconds without a record after which a shard no longer holds back the watermark. Defaults to 30. */
  readonly idleSeconds?: number | undefined;
  /** Hours for which an event is remembered, so that its duplicates are left out. Defaults to 24. */
  readonly rememberHours?: number | undefined;
}

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
  /** The questions in words: the metric that means the same, and what becomes of events without a session or an actor. */
  readonly questions: readonly DescribedFlinkQuestion[];
  /** Where its answers differ from those of the metrics over the lake. */
  readonly differences: readonly FlinkDifference[];
}

/** A question in words. */
export interface DescribedFlinkQuestion
  extends Pick<FlinkQuestion, 'title' | 'definition' | 'metric' | 'nullSessions' | 'nullActors'> {
  readonly name: FlinkQuestionName;
}

/** A question of a table, with its SQL. */
export interface AskedFlinkQuestion extends FlinkAnswer {
  readonly question: DescribedFlinkQuestion;
  readonly differences: readonly FlinkDifference[];
}

/**
 * Questions that a table can answer, in Flink SQL.
 *
 * @param events the view of clean events, each once
 * @param studio whether the SQL is for Studio
 * @throws HeadwaterError `OPTION_INVALID` for a question that the table cannot answer, and for parameters
 */
export function askFlinkQuestions(
  schema: TableSchema,
  events: string,
  { questions = questionsOf(schema), parameters = {} }: FlinkQuestionsOptions,
  studio: boolean,
): AskedFlinkQuestion[] {
  if (questions.length === 0)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'questions',
      value: '',
      expected: 'at least one question',
    });
  return [...new Set(questions)].map((name) => {
    if (!Object.hasOwn(flinkQuestions, name))
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'questions',
        value: String(name),
        expected: `some of ${Object.keys(flinkQuestions).join(', ')}`,
      });
    const lacked = lackedByQuestion(schema, name);
    if (lacked.length > 0)
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'questions',
        value: name,
        expected: `a question that ${schema.name} can answer: it lacks ${lacked.join(' and ')}. It can answer ${questionsOf(schema).join(', ')}`,
      });
    // Each question has its own parameters, which were merged by its name.
    const question = flinkQuestions[name] as FlinkQuestion<object>;
    const context = { schema, events, studio, parameters: questionParameters(name, parameters[name]) };
    const { title, definition, metric, nullSessions, nullActors } = question;
    return {
      question: {
        name,
        title,
        definition,
        nullSessions,
        nullActors,
        ...(metric === undefined ? {} : { metric }),
      },
      differences: differencesOf(name, question.differences(context)),
      ...question.answer(context),
    };
  });
}

/** The views of questions, each once. */
export const questionViews = (asked: readonly AskedFlinkQuestion[]): FlinkStatement[] =>
  [...new Map(asked.flatMap(({ views = {} }) => Object.entries(views)))].map(([name, select]) => ({
    name,
    purpose: 'Events in a session',
    sql: `CREATE TEMPORARY VIEW ${flinkName(name)} AS\n${select}`,
  }));

/** The question as a SELECT. */
export const questionSelect = ({ columns, from }: FlinkAnswer): string =>
  `SELECT\n${columns.map(({ name, sql }) => `  ${sql === flinkName(name) ? sql : `${sql} AS ${flinkName(name)}`}`).join(',\n')}\n${from}`;

/** The settings of a session that answers questions. */
export function flinkSettings({ idleSeconds = 30, rememberHours = 24 }: FlinkQuestionsOptions): FlinkOptions {
  return {
    'table.local-time-zone': 'UTC',
    // A shard without records would hold back the windows of all others.
    'table.exec.source.idle-timeout': `${wholeNumber('idleSeconds', idleSeconds, 1, 86_400)} s`,
    'table.exec.state.ttl': `${wholeNumber('rememberHours', rememberHours, 1, 720)} h`,
  };
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
  const table = deriveFlinkTable(schema, options.source, options);
  const asked = askFlinkQuestions(schema, table.events, options, false);
  const sinkName = (name: FlinkQuestionName): string => `${schema.name}_${name.replaceAll('-', '_')}`;
  return {
    settings: flinkSettings(options),
    statements: [
      ...table.statements,
      ...questionViews(asked),
      ...asked.map(({ question: { name, title }, columns }) => ({
        name: sinkName(name),
        purpose: `Where answers go: ${title}`,
        sql: `CREATE TABLE ${flinkName(sinkName(name))} (\n${columns
          .map((column) => `  ${flinkName(column.name)} ${column.type}`)
          .join(',\n')}\n) ${withOptions(sinkOptions(options.sink(name), options.sinkConnectorOptions))}`,
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

/** Statements as text, each below a comment that says what it is for. */
export const statementsText = (statements: readonly FlinkStatement[]): string =>
  statements.map(({ purpose, sql }) => `-- ${purpose.replace(/\s+/g, ' ')}\n${sql};\n`).join('\n');

/** Settings as `SET` lines. */
export const settingsText = (settings: FlinkOptions): string =>
  Object.entries(settings)
    .map(([name, value]) => `SET ${flinkText(name)} = ${flinkText(value)};\n`)
    .join('');

/**
 * A job as a script of Flink's SQL client, `sql-client.sh -f`: settings, tables and views, and one statement set, so that the stream is
 * read once. The client ends with status 0 even if a statement fails: look for `[ERROR]` in what it writes.
 *
 * @param more settings of the client, such as `execution.target`
 */
export const flinkScript = (job: FlinkJob, more: FlinkOptions = {}): string =>
  [
    settingsText({ 'execution.runtime-mode': 'streaming', ...job.settings, ...more }),
    statementsText(job.statements),
    `EXECUTE STATEMENT SET\nBEGIN\n${statementsText(job.inserts)}END;\n`,
  ].join('\n');
