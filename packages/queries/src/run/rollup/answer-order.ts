import {
  CastNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  OrderByItemNode,
  ReferenceNode,
  SelectQueryNode,
} from 'kysely';

/** One term of the order of an answer: a column of the answer, as the metric's own query sorts by it. */
export interface OrderTerm {
  readonly column: string;
  readonly isDescending: boolean;
  readonly nulls?: 'first' | 'last' | undefined;
}

/**
 * The order of the rows of a metric's query, in columns of the answer. Undefined when it sorts by something else.
 *
 * @param query the tree of the query
 * @param columns the columns of the answer
 * @param by the column that the column `part` of the query is in the answer
 */
export function answerOrder(
  query: OperationNode,
  columns: ReadonlySet<string>,
  by: string,
): readonly OrderTerm[] | undefined {
  if (!SelectQueryNode.is(query) || query.limit || query.top || query.fetch) return undefined;
  const terms = (query.orderBy?.items ?? []).map((item): OrderTerm | undefined => {
    if (!OrderByItemNode.is(item)) return undefined;
    const name = columnIn(item.orderBy);
    const column = name === 'part' && !columns.has('part') ? by : name;
    if (column === undefined || !columns.has(column)) return undefined;
    const direction = item.direction ? textOf(item.direction) : 'asc';
    if (direction !== 'asc' && direction !== 'desc') return undefined;
    return { column, isDescending: direction === 'desc', nulls: item.nulls };
  });
  const known = terms.filter((term) => term !== undefined);
  return known.length === terms.length && known[0]?.column === 'period' ? known : undefined;
}

/** The column that a term names: by itself, with its table, or as another type. */
function columnIn(node: OperationNode): string | undefined {
  if (CastNode.is(node)) return columnIn(node.expression);
  if (ReferenceNode.is(node)) return columnIn(node.column);
  if (ColumnNode.is(node)) return node.column.name;
  return IdentifierNode.is(node) ? node.name : undefined;
}

/** A direction is a piece of text, `asc` or `desc`. */
const textOf = (node: OperationNode): string =>
  'sqlFragments' in node && Array.isArray(node.sqlFragments) ? node.sqlFragments.join('').trim() : '';
