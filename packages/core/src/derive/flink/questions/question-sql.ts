import { isAlways, tableActions, valuesOfAction } from '../../../table/action-value.ts';
import type { DataType } from '../../../table/data-type.ts';
import type { RoleName } from '../../../table/role-table.ts';
import { sessionColumns } from '../../../table/session-rule.ts';
import { columnOf, type TableSchema } from '../../../table/table-schema.ts';
import { flinkName, flinkText, flinkType } from '../../../types/flink-type.ts';
import type { FlinkDifferenceCode } from '../flink-differences.ts';
import type { FlinkAnswerColumn } from './flink-question.ts';

/** The greatest precision of a decimal. */
const mostDigits = 38;
/** Digits behind the point to which an amount that is a double is rounded. */
const doubleScale = 4;

/** The name of a role's column, as an identifier. Callers have checked that the table has the role. */
export const roleName = ({ roles, name }: TableSchema, role: RoleName): string => {
  const column = roles[role];
  if (column === undefined) throw new Error(`${name} has no role ${role}`);
  return flinkName(column);
};

/** The column of a role, with its type, as a column of an answer. */
export const roleColumn = (schema: TableSchema, role: RoleName, as: string = role): FlinkAnswerColumn => ({
  name: as,
  type: flinkType(columnOf(schema, schema.roles[role] ?? '').type),
  sql: roleName(schema, role),
});

/**
 * Names beside columns of the definition, which keep theirs.
 * @example freeName(['view_time'])('view_time') // 'view_time_'
 */
export const freeName =
  (columns: readonly (string | undefined)[]) =>
  (name: string): string =>
    columns.includes(name) ? freeName(columns)(`${name}_`) : name;

/** The columns that tell sessions apart, as identifiers. */
export const sessionNames = (schema: TableSchema): readonly string[] => sessionColumns(schema).map(flinkName);

/** The columns that tell sessions apart, as columns of an answer. */
export const sessionAnswer = (schema: TableSchema): FlinkAnswerColumn[] =>
  sessionColumns(schema).map((name, at, all) => ({
    name: at === all.length - 1 ? 'session' : 'session_of',
    type: flinkType(columnOf(schema, name).type),
    sql: flinkName(name),
  }));

/** The view of events in a session: those without one are in no session. */
export const inSessions = (schema: TableSchema, events: string): Readonly<Record<string, string>> => ({
  [`${schema.name}_in_sessions`]: `SELECT * FROM ${flinkName(events)} WHERE ${sessionNames(schema)
    .map((name) => `${name} IS NOT NULL`)
    .join(' AND ')}`,
});

/**
 * SQL for whether an event is an action.
 * @param of what the action column belongs to, such as `V.`
 */
export function isAction(schema: TableSchema, action: string, of = ''): string {
  const value = tableActions(schema).get(action);
  if (value === undefined) return 'FALSE';
  if (isAlways(value)) return 'TRUE';
  const values = valuesOfAction(value).map(flinkText);
  const column = `${of}${roleName(schema, 'action')}`;
  return values.length === 1 ? `${column} = ${values[0]}` : `${column} IN (${values.join(', ')})`;
}

/** SQL for how many events meet a condition. */
export const countOf = (condition: string): string => `COUNT(*) FILTER (WHERE ${condition})`;

/** Where amounts differ from those of the metrics. */
export function amountDifferences(schema: TableSchema): readonly FlinkDifferenceCode[] {
  const types = amountTypes(schema);
  if (types.length === 0) return [];
  if (types.some(({ kind }) => kind === 'double')) return ['double-amount'];
  return amountOf(schema, 'TRUE') === undefined ? ['amount-left-out'] : [];
}

/**
 * SQL for the sum of amounts of the events that meet a condition, exactly: 0 where there are none. Decimals keep their digits; a double is
 * rounded event by event.
 *
 * @returns undefined for a table without amounts, or whose amounts Flink could not multiply without rounding
 */
export function amountOf(
  schema: TableSchema,
  condition: string,
): { readonly sql: string; readonly type: string } | undefined {
  const types = amountTypes(schema);
  const [amount, quantity] = [schema.roles.amount, schema.roles.quantity];
  if (amount === undefined || types.length === 0) return undefined;
  const names = types.length > 1 && quantity !== undefined ? [amount, quantity] : [amount];
  const product = names.map(flinkName).join(' * ');
  const isDouble = types.some(({ kind }) => kind === 'double');
  const scale = isDouble ? doubleScale : types.reduce((sum, type) => sum + scaleOf(type), 0);
  // Flink takes digits behind the point from a product of more than 38 digits
  // (https://nightlies.apache.org/flink/flink-docs-release-1.20/docs/dev/table/types/#decimal).
  const digits = types.reduce((sum, type) => sum + digitsOf(type), types.length - 1);
  if (!isDouble && digits > mostDigits) return undefined;
  const type = `DECIMAL(${mostDigits}, ${scale})`;
  const value = isDouble ? names.map((name) => `CAST(${flinkName(name)} AS DOUBLE)`).join(' * ') : product;
  return {
    type,
    sql: `COALESCE(SUM(CAST(${value} AS ${type})) FILTER (WHERE ${condition}), CAST(0 AS ${type}))`,
  };
}

function amountTypes(schema: TableSchema): DataType[] {
  const { amount, quantity } = schema.roles;
  if (amount === undefined) return [];
  const names = schema.amountPer === 'unit' && quantity !== undefined ? [amount, quantity] : [amount];
  return names.map((name) => columnOf(schema, name).type);
}

const scaleOf = (type: DataType): number => (type.kind === 'decimal' ? type.scale : 0);
const digitsOf = (type: DataType): number =>
  type.kind === 'decimal' ? type.precision : type.kind === 'int64' ? 19 : 10;

/** The bounds of a window as columns of an answer. Flink has them in the zone of the session, which is UTC. */
export const windowColumns = (start = '`window_start`', end = '`window_end`'): FlinkAnswerColumn[] => [
  { name: 'window_start', type: 'TIMESTAMP_LTZ(3)', sql: `CAST(${start} AS TIMESTAMP_LTZ(3))` },
  { name: 'window_end', type: 'TIMESTAMP_LTZ(3)', sql: `CAST(${end} AS TIMESTAMP_LTZ(3))` },
];

/** A key that is the same each time that a row is written: the question, what it is about, and the start of its window. */
export const answerKey = (question: string, parts: readonly string[]): FlinkAnswerColumn => ({
  name: 'answer_key',
  type: 'STRING',
  sql: `CONCAT_WS('|', ${[flinkText(question), ...parts.map((part) => `CAST(${part} AS STRING)`)].join(', ')})`,
});
