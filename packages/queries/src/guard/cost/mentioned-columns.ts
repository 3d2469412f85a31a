import {
  AggregateFunctionNode,
  ColumnNode,
  type OperationNode,
  RawNode,
  SelectAllNode,
  SelectQueryNode,
} from 'kysely';

/** The columns and queries that parts of a query mention. */
export interface Mentioned {
  readonly names: ReadonlySet<string>;
  /** Whether all columns are selected, by a `*` outside of an aggregate. */
  readonly all: boolean;
  /** Queries within expressions. */
  readonly queries: readonly SelectQueryNode[];
  /** SQL that was written as text, which may name columns. */
  readonly text: string;
}

/** The columns that nodes of Kysely's tree mention in any way. */
export function mentionedIn(nodes: readonly OperationNode[]): Mentioned {
  const names = new Set<string>();
  const queries: SelectQueryNode[] = [];
  const texts: string[] = [];
  let all = false;
  const visit = (node: OperationNode, isInAggregate: boolean): void => {
    if (SelectQueryNode.is(node)) {
      queries.push(node);
      // A subquery may mention columns of the query around it.
      const inner = mentionedIn(childrenOf(node));
      for (const name of inner.names) names.add(name);
      return;
    }
    if (ColumnNode.is(node)) names.add(node.column.name);
    if (RawNode.is(node)) texts.push(...node.sqlFragments);
    // count(*) reads no column.
    if (SelectAllNode.is(node) && !isInAggregate) all = true;
    for (const child of childrenOf(node)) visit(child, isInAggregate || AggregateFunctionNode.is(node));
  };
  for (const node of nodes) visit(node, false);
  return { names, all, queries, text: texts.join(' ') };
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

const childrenOf = (node: OperationNode): OperationNode[] => Object.values(node).flat().filter(isNode);
