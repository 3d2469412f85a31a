import { AggregateFunctionNode, AliasNode, DefaultQueryCompiler, type SelectionNode } from 'kysely';

/**
 * Writes queries for DuckDB: `$1` placeholders and double-quoted names, which Kysely does by itself.
 *
 * A count that is a column of the answer is cast to UBIGINT. DuckDB counts in BIGINT, as it stores 64-bit ids;
 * with a type of its own a count is decoded to `number` by its column's type, and ids stay `bigint`.
 */
export class DuckdbQueryCompiler extends DefaultQueryCompiler {
  protected override visitSelection(node: SelectionNode): void {
    const { selection } = node;
    // Inside subqueries counts stay signed, so that differences of counts may be negative.
    const isAnswer = this.nodeStack.length === 2;
    if (isAnswer && AliasNode.is(selection) && isCount(selection.node)) {
      this.append('cast(');
      this.visitNode(selection.node);
      this.append(' as ubigint) as ');
      this.visitNode(selection.alias);
      return;
    }
    super.visitSelection(node);
  }
}

const isCount = (node: AliasNode['node']): boolean =>
  AggregateFunctionNode.is(node) && node.func.toLowerCase() === 'count';
