import { z } from 'zod';
import { quoteName, quoteText } from '../../../src/internal.ts';
import type { Columns, ColumnType, Readings, RecipeStep } from './recipe-sql.ts';

type Condition = NonNullable<RecipeStep['ConditionExpressions']>[number];

const comparisons: Readonly<Record<string, string>> = {
  LESS_THAN: '<',
  LESS_THAN_EQUAL: '<=',
  GREATER_THAN: '>',
  GREATER_THAN_EQUAL: '>=',
};

/** Whether a value is missing: "There is no value in the column." A text of length zero has none. */
export const missingSql = (name: string): string =>
  `(${quoteName(name)} IS NULL OR ${quoteName(name)}::VARCHAR = '')`;

/**
 * A condition as SQL (https://docs.aws.amazon.com/databrew/latest/dg/recipes.html#recipes.structure). The action is performed where it
 * evaluates to true, and without a value it does not, but for IS_MISSING. Of IS_NOT the guide leaves it open.
 */
export function conditionSql(
  { Condition: name, Value: value, TargetColumn: column }: Condition,
  columns: Columns,
  { isNotWithoutValue }: Readings,
): string {
  const type = columns.get(column);
  if (type === undefined) throw new Error(`${name}: no column ${column}`);
  if (name === 'IS_MISSING') return missingSql(column);
  if (value === undefined) throw new Error(`${name} needs a value`);
  if (value.length > 1024) throw new Error(`${name}: the value has more than 1024 characters`);
  const text = `${quoteName(column)}::VARCHAR`;
  const comparison = comparisons[name];
  if (comparison !== undefined) return holds(compareSql(column, type, comparison, value));
  switch (name) {
    case 'IS':
      return holds(`${text} IN (${listOf(value)})`);
    case 'IS_NOT':
      return `coalesce(${text} NOT IN (${listOf(value)}), ${isNotWithoutValue})`;
    case 'ENDS_WITH':
      return holds(`suffix(${text}, ${quoteText(value)})`);
    default:
      throw new Error(`the interpreter has no condition ${name}`);
  }
}

const holds = (sql: string): string => `coalesce(${sql}, false)`;

/** The texts of a list in JSON. */
const listOf = (value: string): string =>
  z.array(z.string()).min(1).parse(JSON.parse(value)).map(quoteText).join(', ');

function compareSql(column: string, type: ColumnType, comparison: string, value: string): string {
  const name = quoteName(column);
  if (type === 'timestamp') return `${name} ${comparison} CAST(${quoteText(value)} AS TIMESTAMP)`;
  if (type === 'date') return `${name} ${comparison} CAST(${quoteText(value)} AS DATE)`;
  if (type === 'string') return `${name} ${comparison} ${quoteText(value)}`;
  if (type === 'boolean') throw new Error(`${column} is a boolean, which has no order`);
  const bound = `TRY_CAST(${quoteText(value)} AS DECIMAL(38, 18))`;
  const inDoubles = `${name}::DOUBLE ${comparison} CAST(${quoteText(value)} AS DOUBLE)`;
  // A bound that is no such decimal is far from every value.
  return type === 'double'
    ? inDoubles
    : `CASE WHEN ${bound} IS NULL THEN ${inDoubles} ELSE ${name} ${comparison} ${bound} END`;
}
