import { HeadwaterError } from '../../errors/headwater-error.ts';
import { wholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { flinkName } from '../../types/flink-type.ts';
import type { FlinkOptions } from './flink-connector.ts';
import { differencesOf, type FlinkDifference } from './flink-differences.ts';
import type { FlinkStatement, FlinkTableOptions } from './flink-table.ts';
import type { FlinkAnswer, FlinkQuestion } from './questions/flink-question.ts';
import {
  type FlinkQuestionAsked,
  type FlinkQuestionName,
  type FlinkQuestionParameters,
  flinkQuestionNames,
  flinkQuestions,
  lackedByQuestion,
  questionParameters,
  questionsOf,
} from './questions/flink-questions.ts';

/** How a stream is read, and what is asked of it. */
export interface FlinkQuestionsOptions extends FlinkTableOptions {
  /** The questions. Defaults to those of `metrics`, and without metrics to all that the table can answer. */
  readonly questions?: readonly FlinkQuestionName[] | undefined;
  /** Metrics of `@headwater/queries`: each asks the stream the question that it asks the lake. */
  readonly metrics?: readonly StreamingMetric[] | undefined;
  readonly parameters?: FlinkQuestionParameters | undefined;
  /** Seconds without a record after which a shard no longer holds back the watermark. Defaults to 30. */
  readonly idleSeconds?: number | undefined;
  /** Hours for which an event is remembered, so that its duplicates are left out. Defaults to 24. */
  readonly rememberHours?: number | undefined;
}

/** The part of a metric from which Flink SQL follows. Metrics of `@headwater/queries` have it. */
export interface StreamingMetric {
  readonly name: string;
  /** The question that asks the same of a stream. Absent: the metric has no meaning there. */
  readonly streaming?: FlinkQuestionAsked | undefined;
}

/** A question in words. */
export interface DescribedFlinkQuestion
  extends Pick<FlinkQuestion, 'title' | 'definition' | 'nullSessions' | 'nullActors'> {
  readonly name: FlinkQuestionName;
  readonly parameters: Readonly<Record<string, number | readonly string[]>>;
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
  options: FlinkQuestionsOptions,
  studio: boolean,
): AskedFlinkQuestion[] {
  const { metrics, questions = metrics === undefined ? questionsOf(schema) : [] } = options;
  const ofMetrics = questionsOfMetrics(metrics ?? []);
  const names = [...new Set([...ofMetrics.keys(), ...questions])];
  if (names.length === 0) fail('questions', '', 'at least one question');
  // A parameter that nothing reads would be thought to have its effect.
  for (const [name, given] of Object.entries(options.parameters ?? {}))
    if (given !== undefined && !names.includes(name as FlinkQuestionName))
      fail('parameters', name, `parameters of the questions that are asked: ${names.join(', ')}`);
    else if (given !== undefined && typeof given !== 'object')
      fail(`parameters.${name}`, String(given), 'an object of parameters');
  return names.map((name) => {
    if (!Object.hasOwn(flinkQuestions, name))
      fail('questions', String(name), `some of ${flinkQuestionNames.join(', ')}`);
    const parameters = { ...ofMetrics.get(name), ...definedOf(options.parameters?.[name]) };
    const lacked = lackedByQuestion(schema, name, parameters);
    if (lacked.length > 0)
      fail(
        'questions',
        name,
        `what ${schema.name} can answer: it lacks ${lacked.join(' and ')}. Without parameters it can answer ${questionsOf(schema).join(', ')}`,
      );
    // Each question has its own parameters, which were merged by its name.
    const question = flinkQuestions[name] as FlinkQuestion<object>;
    const context = { schema, events, studio, parameters: questionParameters(schema, name, parameters) };
    const { title, definition, nullSessions, nullActors } = question;
    return {
      question: { name, title, definition, nullSessions, nullActors, parameters: context.parameters },
      differences: differencesOf(name, question.differences(context)),
      ...question.answer(context),
    };
  });
}

/** The questions of metrics, with their parameters. Metrics may share a question, if they ask it in one way. */
function questionsOfMetrics(metrics: readonly StreamingMetric[]): Map<FlinkQuestionName, object> {
  const asked = new Map<FlinkQuestionName, object>();
  for (const { name, streaming } of metrics) {
    if (streaming === undefined) return fail('metrics', name, 'a metric with a meaning over a stream');
    const { question, parameters = {} } = streaming;
    const before = asked.get(question);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(parameters))
      fail('metrics', name, `metrics that ask ${question} in one way; derive a job for each of them`);
    asked.set(question, parameters);
  }
  return asked;
}

const definedOf = (given: object = {}): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function fail(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
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
