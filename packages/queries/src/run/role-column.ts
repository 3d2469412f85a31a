import type { RoleName, TableSchema } from '@headwater/core';
import { type AliasableExpression, expressionBuilder, sql } from 'kysely';
import { exactDecimal } from '../functions/functions.ts';
import { doubleScale, isDoubleAmount } from '../metric/amount-type.ts';

const eb = expressionBuilder<Record<string, Record<string, number>>, string>();

/** The column of a role as metrics see it; null in every event where a table lacks the role. */
export function roleColumn<Value>(schema: TableSchema, role: RoleName): AliasableExpression<Value> {
  // What a column holds follows from its role, which was checked when the table was defined.
  return expressionOf(schema, role) as unknown as AliasableExpression<Value>;
}

function expressionOf(schema: TableSchema, role: RoleName): AliasableExpression<number> {
  if (schema.roles[role] === undefined) return missing(role);
  const column = (one: RoleName) => tableColumn(schema, schema.roles[one] ?? one);
  if (role !== 'amount') return column(role);
  // Where the table's amount is the price of one unit, the amount of an event is amount x quantity.
  const amount =
    schema.amountPer === 'unit' ? eb(column('amount'), '*', column('quantity')) : column('amount');
  return isDoubleAmount(schema) ? exactDecimal(doubleScale, amount) : amount;
}

/** Trino gives no type to a null of its own. */
const missing = (role: RoleName): AliasableExpression<number> =>
  role === 'amount' || role === 'quantity'
    ? sql<number>`cast(null as decimal(38, 2))`
    : sql<number>`cast(null as varchar)`;

/** A column of a table by its name. */
export const tableColumn = ({ name }: TableSchema, column: string) => eb.ref(`${name}.${column}`);
