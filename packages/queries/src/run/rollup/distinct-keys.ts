import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ExpressionWrapper,
  GroupByItemNode,
  GroupByNode,
  IdentifierNode,
  type Kysely,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  type ReferenceNode,
  SelectionNode,
  SelectQueryNode,
  sql,
  ValueNode,
  WhereNode,
} from 'kysely';
import { columnOf, type Grouping, groupingThatCounts, isDistinct, withRelations } from './grouping.ts';

type Row = Record<string, unknown>;

/** The column of stored keys. */
export const keyColumn = 'key';

/**
 * The distinct keys that a measure counts, one row for each key of each group: the relation that counts them, grouped by the key as well. It
 * is read from the metric's own query, so that there is no second definition of what is counted.
 *
 * @param query the tree of the metric's query, with the grain by which the keys are stored
 * @param period how a metric without periods says which day its groups are of
 * @param rename the column of the answer for a column of the relation
 * @returns the query, and the columns of its groups; undefined when no single relation of the query counts the measure by its rows
 */
export function keysQuery(
  db: Kysely<Record<string, Row>>,
  query: OperationNode,
  measure: string,
  { period, rename }: { readonly period?: string | undefined; rename(column: string): string },
) {
  const grouping = groupingThatCounts(query, measure);
  const rows = grouping && keysOf(grouping, measure);
  if (!grouping || !rows) return undefined;
  const start = period === undefined ? periodOf(query) : sql.lit(period).toOperationNode();
  if (!start) return undefined;
  const dimensions = grouping.dimensions.filter((name) => name !== 'period');
  const keys = db
    .selectFrom(new ExpressionWrapper<Record<string, Row>, string, Row>(rows).as('rollup_keys'))
    .select([
      new ExpressionWrapper<Record<string, Row>, string, string>(start).as('period'),
      ...dimensions.map((name) => sql.ref(`rollup_keys.${name}`).as(rename(name))),
      sql.ref(`rollup_keys.${keyColumn}`).as(keyColumn),
    ]);
  return { keys, groups: ['period', ...dimensions.map(rename)] };
}

function keysOf(
  { select, before, dimensions, aggregates }: Grouping,
  measure: string,
): SelectQueryNode | undefined {
  const merge = aggregates.get(measure);
  if (!isDistinct(merge) || !select.groupBy) return undefined;
  const { key, where } = merge;
  const isKnown = BinaryOperationNode.create(
    key,
    OperatorNode.create('is not'),
    ValueNode.createImmediate(null),
  );
  const conditions = [select.where?.where, where]
    .filter((one) => one !== undefined)
    .map((one) => ParensNode.create(one));
  const kept = new Set(dimensions);
  const groups = (select.selections ?? []).filter((one) => kept.has(columnOf(one)?.name ?? ''));
  const rows: SelectQueryNode = {
    ...select,
    selections: [...groups, SelectionNode.create(AliasNode.create(key, IdentifierNode.create(keyColumn)))],
    where: WhereNode.create(
      conditions.reduce<OperationNode>((all, one) => AndNode.create(all, one), isKnown),
    ),
    groupBy: GroupByNode.create([...select.groupBy.items, GroupByItemNode.create(key)]),
  };
  return withRelations(rows, before);
}

/** How the answer writes its periods, of the column `period` alone. */
function periodOf(query: OperationNode): OperationNode | undefined {
  if (!SelectQueryNode.is(query)) return undefined;
  const found = (query.selections ?? []).map(columnOf).find((one) => one?.name === 'period');
  return found && new WithoutTables().transformNode(found.value);
}

/** Takes the names of tables from references to columns. */
class WithoutTables extends OperationNodeTransformer {
  protected override transformReference(node: ReferenceNode): ReferenceNode {
    const { column } = super.transformReference(node);
    return { kind: 'ReferenceNode', column };
  }
}
