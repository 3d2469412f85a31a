import {
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  type OperationNode,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  RawNode,
  ReferenceNode,
  ValueListNode,
  ValueNode,
} from 'kysely';
import { constantsOf, isNeutralFunction } from '../../functions/neutral-function.ts';
import type { DayRange } from '../../session/day-range.ts';

/** A table as a query names it. */
export interface NamedSource {
  readonly alias: string;
  /** Whether the query reads no other table. Then a column without a table's name is this table's. */
  readonly isAlone: boolean;
}

/**
 * The days that conditions leave of one table: those on its `dt`, which all have to hold. A condition that is not understood
 * is no bound: with a wrong bound, a cached answer would miss commits to days outside of it.
 *
 * @param conditions those of the query's WHERE, and of the table's own join
 */
export function daysWithin(conditions: readonly OperationNode[], source: NamedSource): DayRange {
  const firsts: string[] = [];
  const lasts: string[] = [];
  for (const { operator, values } of conditions.flatMap((one) => conditionsOn(source, one))) {
    const [least, most] = [values.toSorted()[0], values.toSorted().at(-1)];
    if (least === undefined || most === undefined) continue;
    // An exclusive bound counts as inclusive: an estimate may have one day too many.
    if (['=', 'in', '>=', '>', 'between'].includes(operator)) firsts.push(least);
    if (['=', 'in', '<=', '<', 'between'].includes(operator)) lasts.push(most);
  }
  const first = firsts.toSorted().at(-1);
  const last = lasts.toSorted()[0];
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

interface Condition {
  readonly operator: string;
  readonly values: readonly string[];
}

function conditionsOn(source: NamedSource, node: OperationNode): Condition[] {
  if (AndNode.is(node)) return [...conditionsOn(source, node.left), ...conditionsOn(source, node.right)];
  if (ParensNode.is(node)) return conditionsOn(source, node.node);
  if (!BinaryOperationNode.is(node) || !OperatorNode.is(node.operator)) return [];
  if (!isDayOf(source, node.leftOperand)) return [];
  const values = textsIn(node.rightOperand);
  return values ? [{ operator: node.operator.operator, values }] : [];
}

function isDayOf({ alias, isAlone }: NamedSource, node: OperationNode): boolean {
  const [column, table] = ReferenceNode.is(node)
    ? [node.column, node.table?.table.identifier.name]
    : [node, undefined];
  if (!ColumnNode.is(column) || column.column.name !== 'dt') return false;
  return table === undefined ? isAlone : table === alias;
}

/** The days of a value; undefined if one of them is not a day. */
function textsIn(node: OperationNode): string[] | undefined {
  if (ValueNode.is(node)) return textsOf([node.value]);
  if (PrimitiveValueListNode.is(node)) return textsOf(node.values);
  if (ValueListNode.is(node)) return allOf(node.values.map(textsIn));
  if (AndNode.is(node)) return allOf([textsIn(node.left), textsIn(node.right)]);
  if (isNeutralFunction(node, 'partitionDay')) return textsOf(constantsOf(node));
  // `date '2019-10-01'`. Other text may compute another day.
  if (RawNode.is(node) && node.sqlFragments.every((text) => /^\s*(date)?\s*$/i.test(text)))
    return allOf(node.parameters.map(textsIn));
  return undefined;
}

/** Days in the one format whose texts sort like days. DuckDB also reads `2024-3-3`. */
const textsOf = (values: readonly unknown[]): string[] | undefined =>
  values.every((value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    ? values.map(String)
    : undefined;

const allOf = (parts: readonly (string[] | undefined)[]): string[] | undefined =>
  parts.every((part) => part !== undefined) ? parts.flat() : undefined;
