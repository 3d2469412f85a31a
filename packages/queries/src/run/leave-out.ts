import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type KyselyPlugin,
  type OperationNode,
  ReferenceNode,
  type SelectionNode,
  SelectQueryNode,
} from 'kysely';

/**
 * Leaves columns out of the answer of every query that is built with the plugin: those that the outermost select gives these
 * names. What they are computed from is no longer read.
 */
export const leaveOutPlugin = (names: ReadonlySet<string>): KyselyPlugin => ({
  transformQuery: ({ node }) =>
    SelectQueryNode.is(node) && node.selections
      ? Object.freeze({
          ...node,
          selections: node.selections.filter((one) => !names.has(nameOf(one) ?? '')),
        })
      : node,
  transformResult: async ({ result }) => result,
});

/** The name of a selected column; undefined for what has none. */
function nameOf({ selection }: SelectionNode): string | undefined {
  const node: OperationNode = selection;
  if (AliasNode.is(node)) return IdentifierNode.is(node.alias) ? node.alias.name : undefined;
  if (ReferenceNode.is(node)) return ColumnNode.is(node.column) ? node.column.column.name : undefined;
  return undefined;
}
