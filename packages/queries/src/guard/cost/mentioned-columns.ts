import {
  AggregateFunctionNode,
  ColumnNode,
  type OperationNode,
  RawNode,
  SelectAllNode,
  SelectQueryNode,
} from 'kysely';

/** What parts of a query mention. */
export interface Mentioned {
  readonly names: ReadonlySet<string>;
  /** Whether all columns are meant, by a `*` that is not inside an aggregate. */
  readonly all: boolean;
  /** Queries within expressions. */
  readonly queries: readonly SelectQueryNode[];
  /** SQL that was written as text: columns may be named in it. */
  readonly text: string;
}

/** The columns that these nodes of Kysely's tree mention, whatever they do with them. */
export function mentionedIn(nodes: readonly OperationNode[]): Mentioned {
  const names = new Set<string>();
  const queries: SelectQueryNode[] = [];
  const texts: string[] = [];
  let all = false;
  const visit = (node: OperationNode, isInAggregate: boolean): void => {
    if (SelectQueryNode.is(node)) {
      queries.push(node);
      // A query inside may mention columns of the one around it.
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
