import type { TableSchema } from '@headwater/core';
import { actionNames, isAlways, tableActions, valuesOfAction } from '@headwater/core/internal';
import { type AliasableExpression, expressionBuilder, sql } from 'kysely';

const eb = expressionBuilder<Record<string, Record<string, string>>, string>();

/** How the events of a metric say which action each one is. */
export interface ActionColumn {
  /** The column `action` of the events. */
  readonly expression: AliasableExpression<string>;
  /** The value of that column for each action, by name; a value that no event has for an action that the table lacks. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * The column of the role action. Where each action has one value it is the table's own column, so that engines skip files and
 * folders by it; else it is the action's name, or null for an event that is no action.
 *
 * @param own the action column of the table; undefined where every row is one action
 */
export function actionColumn(
  schema: TableSchema,
  own: AliasableExpression<string> | undefined,
): ActionColumn {
  const actions = [...tableActions(schema)];
  const isPlain = own !== undefined && actions.every(([, value]) => valuesOfAction(value).length === 1);
  // In a text column an unnamed value may be any text, also the one that would stand for a missing action.
  if (isPlain && (isEnum(schema) || actionNames.every((name) => actions.some(([one]) => one === name))))
    return { expression: own, values: plainValues(schema, actions) };
  const values = Object.fromEntries(
    [...actionNames, ...actions.map(([name]) => name)].map((name) => [name, name]),
  );
  const [only] = actions;
  if (!own) {
    const name = only && isAlways(only[1]) ? only[0] : null;
    return { expression: sql<string>`cast(${name === null ? sql`null` : sql.lit(name)} as varchar)`, values };
  }
  const [first, ...others] = actions.map(([name, value]) => ({
    name: sql<string>`cast(${sql.lit(name)} as varchar)`,
    // The values are bound, so that a change of the definition finds the metrics that name one.
    isIt: eb(own, 'in', [...valuesOfAction(value)]),
  }));
  if (!first) throw new Error(`${schema.name} has an action column and no action`);
  const cases = others.reduce(
    (built, { name, isIt }) => built.when(isIt).then(name),
    eb.case().when(first.isIt).then(first.name),
  );
  return { expression: cases.end() as AliasableExpression<string>, values };
}

const actionType = (schema: TableSchema) =>
  schema.columns.find(({ name }) => name === schema.roles.action)?.type;

const isEnum = (schema: TableSchema): boolean => actionType(schema)?.kind === 'enum';

function plainValues(
  schema: TableSchema,
  actions: readonly (readonly [string, Parameters<typeof valuesOfAction>[0]])[],
): Record<string, string> {
  const type = actionType(schema);
  const known = new Set(type?.kind === 'enum' ? type.values : []);
  // A value that the enum has would count the events of another action.
  const noValue = (name: string): string => (known.has(name) ? noValue(`no ${name}`) : name);
  return {
    ...Object.fromEntries(actionNames.map((name) => [name, noValue(name)])),
    ...Object.fromEntries(actions.map(([name, value]) => [name, valuesOfAction(value)[0] ?? noValue(name)])),
  };
}
