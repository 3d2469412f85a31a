import {
  AggregateFunctionNode,
  AliasNode,
  ColumnNode,
  CommonTableExpressionNode,
  FunctionNode,
  IdentifierNode,
  type OperationNode,
  ParensNode,
  RawNode,
  ReferenceNode,
  type SelectionNode,
  SelectQueryNode,
  TableNode,
} from 'kysely';

/** A relation of a metric's query that groups rows. */
export interface Grouping {
  readonly name: string;
  readonly select: SelectQueryNode;
  /** The relations that come before it in the query, and those after it. */
  readonly before: readonly CommonTableExpressionNode[];
  readonly after: readonly CommonTableExpressionNode[];
  /** The columns that it groups by, as it names them. */
  readonly dimensions: readonly string[];
  /** Its aggregates by name, each with how the values of days become that of all of them. */
  readonly aggregates: ReadonlyMap<string, Merge>;
}

/** How the values of an aggregate over parts of the rows become its value over all: by which function, or by its distinct keys. */
export type Merge = 'sum' | 'min' | 'max' | Distinct;

/** A count of distinct keys. */
export interface Distinct {
  readonly key: OperationNode;
  /** Of which rows; absent for all. */
  readonly where: OperationNode | undefined;
}

/**
 * The relation of a metric's query that counts the distinct keys of a measure, by the name of the measure. Undefined when none does, or
 * more than one.
 *
 * @param query the tree of the metric's query
 */
export function groupingThatCounts(query: OperationNode, measure: string): Grouping | undefined {
  const found = groupingsOf(query).filter(({ aggregates }) => isDistinct(aggregates.get(measure)));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The relation of a ranking's query that groups its events: all that comes after it reads nothing else. What follows of it follows of
 * the merged groups of days in the same way.
 */
export const groupingOfAll = (query: OperationNode): Grouping | undefined =>
  groupingsOf(query).find(
    ({ before, after }) =>
      !tablesIn([...after, withoutRelations(query)]).some((table) =>
        before.some((one) => nameOfRelation(one) === table),
      ),
  );

export const isDistinct = (merge: Merge | undefined): merge is Distinct => typeof merge === 'object';

/** The relations that group rows, and whose every column is a group or an aggregate that can be merged. */
function groupingsOf(query: OperationNode): Grouping[] {
  const relations = SelectQueryNode.is(query)
    ? (query.with?.expressions.filter(CommonTableExpressionNode.is) ?? [])
    : [];
  return relations.flatMap((relation, index): Grouping[] => {
    const { expression: select } = relation;
    if (!SelectQueryNode.is(select) || !select.groupBy) return [];
    if (
      select.having ||
      select.limit ||
      select.offset ||
      select.setOperations ||
      select.frontModifiers?.length
    )
      return [];
    const dimensions: string[] = [];
    const aggregates = new Map<string, Merge>();
    for (const one of select.selections ?? []) {
      const column = columnOf(one);
      if (!column) return [];
      const merge = mergeOf(column.value);
      if (merge !== undefined) aggregates.set(column.name, merge);
      else if (hasAggregate(column.value)) return [];
      else dimensions.push(column.name);
    }
    const name = nameOfRelation(relation);
    const [before, after] = [relations.slice(0, index), relations.slice(index + 1)];
    return aggregates.size === 0 ? [] : [{ name, select, before, after, dimensions, aggregates }];
  });
}

export const nameOfRelation = ({ name }: CommonTableExpressionNode): string =>
  name.table.table.identifier.name;

/** A select with the relations that it reads. */
export const withRelations = (
  select: SelectQueryNode,
  relations: readonly CommonTableExpressionNode[],
): SelectQueryNode =>
  relations.length === 0 ? select : { ...select, with: { kind: 'WithNode', expressions: relations } };

/** The select itself, without the relations that it names. */
function withoutRelations(query: OperationNode): OperationNode {
  if (!SelectQueryNode.is(query)) return query;
  const { with: _with, ...select } = query;
  return select;
}

/** What is selected, and as what; undefined for what has no name. */
export function columnOf({
  selection,
}: SelectionNode): { readonly name: string; readonly value: OperationNode } | undefined {
  const node: OperationNode = selection;
  if (AliasNode.is(node))
    return IdentifierNode.is(node.alias) ? { name: node.alias.name, value: node.node } : undefined;
  if (ReferenceNode.is(node) && ColumnNode.is(node.column))
    return { name: node.column.column.name, value: node };
  return ColumnNode.is(node) ? { name: node.column.name, value: node } : undefined;
}

/** How an aggregate is merged; undefined for what is none, or cannot be merged. */
function mergeOf(node: OperationNode): Merge | undefined {
  if (ParensNode.is(node)) return mergeOf(node.node);
  // `coalesce(sum(x), 0)`: a sum of such sums is 0 where nothing is summed.
  if (FunctionNode.is(node) && node.func === 'coalesce') {
    const [first] = node.arguments;
    const merge = first && mergeOf(first);
    return merge === 'sum' && !node.arguments.slice(1).some(hasAggregate) ? merge : undefined;
  }
  if (!AggregateFunctionNode.is(node) || node.over || node.withinGroup || node.orderBy) return undefined;
  const { func, distinct, aggregated, filter } = node;
  if (distinct) {
    const [key, ...more] = aggregated;
    return func === 'count' && key && more.length === 0 ? { key, where: filter?.where } : undefined;
  }
  if (func === 'count' || func === 'sum') return 'sum';
  return func === 'min' || func === 'max' ? func : undefined;
}

const aggregateText =
  /\b(count|sum|avg|min|max|any_value|arbitrary|first|last|median|mode|list|\w+_agg|\w+_by|approx_\w+|stddev\w*|var\w*|quantile\w*|percentile\w*|bool_\w+|grouping)\s*\(/i;

/** Whether an expression aggregates rows somewhere. */
const hasAggregate = (node: OperationNode): boolean =>
  AggregateFunctionNode.is(node) ||
  (RawNode.is(node) && aggregateText.test(node.sqlFragments.join(' '))) ||
  childrenOf(node).some(hasAggregate);

/** The names of the relations that nodes read. */
function tablesIn(nodes: readonly OperationNode[]): string[] {
  return nodes.flatMap((node) => [
    ...(TableNode.is(node) ? [node.table.identifier.name] : []),
    ...tablesIn(childrenOf(node)),
  ]);
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

const childrenOf = (node: OperationNode): OperationNode[] => Object.values(node).flat().filter(isNode);
