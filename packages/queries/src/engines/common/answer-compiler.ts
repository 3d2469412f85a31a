import {
  AggregateFunctionNode,
  AliasNode,
  DefaultQueryCompiler,
  type FunctionNode,
  type SelectionNode,
} from 'kysely';
import type { FunctionTable } from '../../functions/function-table.ts';
import { isNeutralFunction, lowerFunction } from '../../functions/neutral-function.ts';

/**
 * The base of all query compilers. Names are in double quotes, which is Kysely's default. A count that is a column of the
 * answer is cast to a type that the engine uses for nothing else: engines count in the type of 64-bit ids, and with its own
 * type a count is decoded to `number`, while ids stay `bigint`. Functions in which engines differ are written in the
 * engine's own form.
 */
export abstract class AnswerCompiler extends DefaultQueryCompiler {
  protected abstract readonly countType: string;
  protected abstract readonly functions: FunctionTable;

  protected override visitFunction(node: FunctionNode): void {
    if (isNeutralFunction(node)) this.visitNode(lowerFunction(node, this.functions));
    else super.visitFunction(node);
  }

  protected override visitSelection(node: SelectionNode): void {
    const { selection } = node;
    // Inside subqueries, counts stay signed, because a difference of counts may be negative.
    const isAnswer = this.nodeStack.length === 2;
    if (isAnswer && AliasNode.is(selection) && isCount(selection.node)) {
      this.append('cast(');
      this.visitNode(selection.node);
      this.append(` as ${this.countType}) as `);
      this.visitNode(selection.alias);
      return;
    }
    super.visitSelection(node);
  }
}

const isCount = (node: AliasNode['node']): boolean =>
  AggregateFunctionNode.is(node) && node.func.toLowerCase() === 'count';
