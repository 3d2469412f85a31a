import { HeadwaterError } from '../../../errors/headwater-error.ts';
import { hasRole, tableActions } from '../../../table/action-value.ts';
import type { TableSchema } from '../../../table/table-schema.ts';
import { abandonment } from './abandonment.ts';
import { anomaly } from './anomaly.ts';
import type { FlinkQuestion } from './flink-question.ts';
import { funnel } from './funnel.ts';
import { manyActions } from './many-actions.ts';
import { perMinute } from './per-minute.ts';

/** The questions that a stream answers, by name. */
export const flinkQuestions = {
  'per-minute': perMinute,
  abandonment,
  funnel,
  'many-actions': manyActions,
  anomaly,
} as const satisfies Readonly<Record<string, FlinkQuestion>>;

const mostSteps = 20;

/** The name of a question. */
export type FlinkQuestionName = keyof typeof flinkQuestions;

/** Every name, in the order of lists. */
export const flinkQuestionNames = Object.keys(flinkQuestions) as readonly FlinkQuestionName[];

/** The parameters of questions: what is absent has its default. */
export type FlinkQuestionParameters = {
  readonly [Name in FlinkQuestionName]?: Partial<(typeof flinkQuestions)[Name]['parameters']>;
};

/** A question that asks of a stream what a metric asks of the lake, with the parameters that follow from the metric. */
export type FlinkQuestionAsked = {
  readonly [Name in FlinkQuestionName]: {
    readonly question: Name;
    readonly parameters?: FlinkQuestionParameters[Name];
  };
}[FlinkQuestionName];

/**
 * What a table lacks to answer a question: roles and actions.
 * @throws HeadwaterError `OPTION_INVALID` for a wrong parameter
 */
export function lackedByQuestion(schema: TableSchema, name: FlinkQuestionName, given: object = {}): string[] {
  const question: FlinkQuestion = flinkQuestions[name];
  const has = tableActions(schema);
  const actions = question.actions(questionParameters(schema, name, given));
  return [
    ...question.roles.filter((role) => !hasRole(schema, role)).map((role) => `the role ${role}`),
    ...actions.filter((action) => !has.has(action)).map((action) => `the action ${JSON.stringify(action)}`),
  ];
}

/** The questions that a table can answer. */
export const questionsOf = (schema: TableSchema): FlinkQuestionName[] =>
  flinkQuestionNames.filter((name) => lackedByQuestion(schema, name).length === 0);

/** The questions that a table can answer with its defaults, or with parameters of the caller: steps of a funnel that it has. */
export const possibleQuestions = (schema: TableSchema): FlinkQuestionName[] => {
  const steps = [...tableActions(schema).keys()].slice(0, mostSteps);
  return flinkQuestionNames.filter(
    (name) =>
      lackedByQuestion(schema, name).length === 0 ||
      (name === 'funnel' && steps.length > 1 && lackedByQuestion(schema, name, { steps }).length === 0),
  );
};

/**
 * The parameters of a question, with its defaults and those of the table: whole numbers of at least 1, and lists of 2 to 20 actions.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function questionParameters(
  schema: TableSchema,
  name: FlinkQuestionName,
  given: object = {},
): Readonly<Record<string, number | readonly string[]>> {
  const question: FlinkQuestion = flinkQuestions[name];
  const defaults: Readonly<Record<string, unknown>> = { ...question.parameters };
  const merged: Record<string, number | readonly string[]> = {
    ...question.parameters,
    ...question.defaults?.(schema),
  };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const fail = (expected: string): never => {
      throw new HeadwaterError('OPTION_INVALID', {
        option: `${name}.${key}`,
        value: String(value),
        expected,
      });
    };
    if (!Object.hasOwn(defaults, key)) fail(`one of ${Object.keys(defaults).join(', ')}`);
    const isNumber = typeof defaults[key] === 'number';
    // An interval has at most four digits here: 9999 minutes are almost a week.
    if (isNumber && (!Number.isInteger(value) || value < 1 || value > 9999))
      fail('a whole number from 1 to 9999');
    if (!isNumber && !isSteps(value)) fail(`2 to ${mostSteps} actions of the table, each once`);
    merged[key] = value;
  }
  return merged;
}

const isSteps = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.length <= mostSteps &&
  value.every((step) => typeof step === 'string') &&
  new Set(value).size === value.length;
