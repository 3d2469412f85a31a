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
 * Writes double-quoted names, as Kysely does by itself, and casts a count that is a column of the answer to a type that
 * its engine has for nothing else. Engines count in the type in which they store 64-bit ids; with a type of its own a
 * count is decoded to `number` by its column's type, and ids stay `bigint`. Functions that engines write differently are
 * written as its engine does.
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
    // Inside subqueries counts stay signed, so that differences of counts may be negative.
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
