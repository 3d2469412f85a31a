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
  type WhereNode,
} from 'kysely';

/** UTC days, `YYYY-MM-DD`, both inside; without a bound where the query has none. */
export interface DayRange {
  readonly first?: string;
  readonly last?: string;
}

/** The days of partitions that the conditions of a WHERE leave: conditions on `dt` that all have to hold. */
export function daysWithin(where: WhereNode | undefined): DayRange {
  const firsts: string[] = [];
  const lasts: string[] = [];
  for (const { operator, values } of where ? conditionsOn('dt', where.where) : []) {
    const [least, most] = [values.toSorted()[0], values.toSorted().at(-1)];
    if (least === undefined || most === undefined) continue;
    // A bound that is itself outside is taken as inside: one day too many is no fault of an estimate.
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

function conditionsOn(column: string, node: OperationNode): Condition[] {
  if (AndNode.is(node)) return [...conditionsOn(column, node.left), ...conditionsOn(column, node.right)];
  if (ParensNode.is(node)) return conditionsOn(column, node.node);
  if (!BinaryOperationNode.is(node) || !OperatorNode.is(node.operator)) return [];
  const left = ReferenceNode.is(node.leftOperand) ? node.leftOperand.column : node.leftOperand;
  if (!ColumnNode.is(left) || left.column.name !== column) return [];
  return [{ operator: node.operator.operator, values: textsIn(node.rightOperand) }];
}

function textsIn(node: OperationNode): string[] {
  if (ValueNode.is(node)) return typeof node.value === 'string' ? [node.value] : [];
  if (PrimitiveValueListNode.is(node)) return node.values.filter((value) => typeof value === 'string');
  if (ValueListNode.is(node)) return node.values.flatMap(textsIn);
  if (AndNode.is(node)) return [...textsIn(node.left), ...textsIn(node.right)];
  if (RawNode.is(node)) return node.parameters.flatMap(textsIn);
  return [];
}
