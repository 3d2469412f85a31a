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

/** The name of a question. */
export type FlinkQuestionName = keyof typeof flinkQuestions;

/** Every name, in the order of lists. */
export const flinkQuestionNames = Object.keys(flinkQuestions) as readonly FlinkQuestionName[];

/** The parameters of questions: what is absent has its default. */
export type FlinkQuestionParameters = {
  readonly [Name in FlinkQuestionName]?: Partial<(typeof flinkQuestions)[Name]['parameters']>;
};

/** What a table lacks to answer a question: roles and actions. */
export function lackedByQuestion(schema: TableSchema, name: FlinkQuestionName): string[] {
  const { roles, actions }: Pick<FlinkQuestion, 'roles' | 'actions'> = flinkQuestions[name];
  const has = tableActions(schema);
  return [
    ...roles.filter((role) => !hasRole(schema, role)).map((role) => `the role ${role}`),
    ...actions.filter((action) => !has.has(action)).map((action) => `the action ${action}`),
  ];
}

/** The questions that a table can answer. */
export const questionsOf = (schema: TableSchema): FlinkQuestionName[] =>
  flinkQuestionNames.filter((name) => lackedByQuestion(schema, name).length === 0);

/**
 * The parameters of a question, with its defaults: whole numbers of at least 1.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function questionParameters(
  name: FlinkQuestionName,
  given: object = {},
): Readonly<Record<string, number>> {
  const defaults: Readonly<Record<string, number>> = flinkQuestions[name].parameters;
  const merged: Record<string, number> = { ...defaults };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(defaults, key))
      throw new HeadwaterError('OPTION_INVALID', {
        option: `${name}.${key}`,
        value: String(value),
        expected: `one of ${Object.keys(defaults).join(', ')}`,
      });
    // An interval has at most four digits here: 9999 minutes are almost a week.
    if (!Number.isInteger(value) || value < 1 || value > 9999)
      throw new HeadwaterError('OPTION_INVALID', {
        option: `${name}.${key}`,
        value: String(value),
        expected: 'a whole number from 1 to 9999',
      });
    merged[key] = value;
  }
  return merged;
}
