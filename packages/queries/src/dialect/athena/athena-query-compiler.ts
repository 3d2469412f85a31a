import { AggregateFunctionNode, WhereNode } from 'kysely';
import { TrinoQueryCompiler } from '../trino/trino-query-compiler.ts';
import { InlineParameter } from './inline-parameter.ts';

/**
 * Writes queries for Athena, which is Trino but for one thing: placeholders are documented for the WHERE of a query only
 * (https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html), so a parameter elsewhere is
 * marked, to be sent as a literal.
 */
export class AthenaQueryCompiler extends TrinoQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(this.#isInWhere() ? parameter : new InlineParameter(parameter));
  }

  /** In a WHERE; that of `count(*) filter (where ...)` belongs to a column. */
  #isInWhere(): boolean {
    const inner = this.nodeStack.findLast((node) => WhereNode.is(node) || AggregateFunctionNode.is(node));
    if (inner === undefined || !WhereNode.is(inner)) return false;
    const parent = this.nodeStack[this.nodeStack.indexOf(inner) - 1];
    return parent === undefined || !AggregateFunctionNode.is(parent);
  }
}
