import { HeadwaterError } from '../errors/headwater-error.ts';
import { type ActionValue, isAlways, tableActions, valuesOfAction } from './action-value.ts';
import { assertEnumValues } from './assert-enum-values.ts';
import { type Column, columnOf, type TableSchema } from './table-schema.ts';
import { isTextStep } from './text-step.ts';

/** Names of actions are values of options and texts in SQL: letters, digits and underscores. */
const actionName = /^[a-z][A-Za-z0-9_]*$/;

const isTexts = (value: unknown): boolean =>
  [value].flat().length > 0 && [value].flat().every((one) => typeof one === 'string' && one !== '');

/**
 * Rejects an action that no row can have, or that a row shares with another action: a metric would count nothing, or count a
 * row twice.
 *
 * @param written `actions` as the definition has it; undefined for the defaults
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the action
 */
export function assertActions(
  schema: TableSchema,
  written: Readonly<Record<string, ActionValue | undefined>> | undefined,
): void {
  const action = schema.roles.action === undefined ? undefined : columnOf(schema, schema.roles.action);
  const fail = (problem: string, fix: string): never => {
    const column = action ? { column: action.name } : {};
    throw new HeadwaterError('DEFINITION_INVALID', { table: schema.name, ...column, problem, fix });
  };
  const entries = Object.entries(written ?? {});
  for (const [name, value] of entries) {
    if (!actionName.test(name))
      fail(`actions has "${name}", which cannot be the name of an action`, 'Use letters, digits and _');
    if (value === undefined || !(isAlways(value) || isTexts(value)))
      fail(
        `actions.${name} is ${JSON.stringify(value) ?? 'undefined'}`,
        'Expected a value of the action column, a list of values, or always',
      );
    else if (isAlways(value)) {
      if (action)
        fail(
          `actions.${name} is always, and a column has the role action`,
          'Name the values of the column, or remove the role action',
        );
      if (entries.length > 1)
        fail(`actions.${name} is always, and there are other actions`, 'Remove the other actions');
    } else assertValues(schema.name, action, name, valuesOfAction(value), fail);
  }
  const claimed = new Map<string, string>();
  for (const [name, value] of entries)
    for (const one of value === undefined ? [] : valuesOfAction(value)) {
      const other = claimed.get(one);
      if (other !== undefined) fail(`"${one}" means ${other} and ${name}`, 'Give each value one action');
      claimed.set(one, name);
    }
  if (action && tableActions(schema).size === 0)
    fail(
      'has the role action, and no value of it means an action',
      "Name the values: actions: { view: '<value>', purchase: '<value>' }",
    );
}

type Fail = (problem: string, fix: string) => never;

function assertValues(
  table: string,
  action: Column | undefined,
  name: string,
  values: readonly string[],
  fail: Fail,
): void {
  for (const value of values) {
    if (!action)
      fail(
        `actions.${name} is "${value}", which needs a column with the role action`,
        'Set the role action to the column that holds the kind of event, or use always if every row is one',
      );
    else if (action.type.kind === 'enum' && !action.type.values.includes(value))
      fail(
        `actions.${name} is "${value}", which is not one of its values`,
        `Values: ${action.type.values.join(', ')}`,
      );
  }
  if (action) assertEnumValues(table, action.name, { kind: 'enum', values }, action.steps.filter(isTextStep));
}
