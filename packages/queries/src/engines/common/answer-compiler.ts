import {
  AggregateFunctionNode,
  AliasNode,
  type BinaryOperationNode,
  DefaultQueryCompiler,
  type FunctionNode,
  type OperationNode,
  OperatorNode,
  PrimitiveValueListNode,
  type SelectionNode,
  ValueListNode,
} from 'kysely';
import type { FunctionTable } from '../../functions/function-table.ts';
import { isNeutralFunction, lowerFunction } from '../../functions/neutral-function.ts';

/**
 * The base of all query compilers. Names are in double quotes, which is Kysely's default. A count that is a column of the
 * answer is cast to a type that the engine uses for nothing else: engines count in the type of 64-bit ids, and with its own
 * type a count is decoded to `number`, while ids stay `bigint`. Functions in which engines differ are written in the
 * engine's own form. A comparison with an empty list, which is no SQL, is
 * written as a condition that never or always holds.
 */
export abstract class AnswerCompiler extends DefaultQueryCompiler {
  protected abstract readonly countType: string;
  protected abstract readonly functions: FunctionTable;

  protected override visitFunction(node: FunctionNode): void {
    if (isNeutralFunction(node)) this.visitNode(lowerFunction(node, this.functions));
    else super.visitFunction(node);
  }

  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { operator, rightOperand } = node;
    const answer =
      OperatorNode.is(operator) && isEmptyList(rightOperand) ? ofNone.get(operator.operator) : undefined;
    if (answer === undefined) super.visitBinaryOperation(node);
    else this.append(answer);
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

/** What holds of any value, null too, and no value at all: none is among them, and each is not. */
const ofNone: ReadonlyMap<string, string> = new Map([
  ['in', '1 = 0'],
  ['not in', '1 = 1'],
]);

const isEmptyList = (node: OperationNode): boolean =>
  (PrimitiveValueListNode.is(node) || ValueListNode.is(node)) && node.values.length === 0;

const isCount = (node: AliasNode['node']): boolean =>
  AggregateFunctionNode.is(node) && node.func.toLowerCase() === 'count';
