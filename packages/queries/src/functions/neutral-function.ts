import { HeadwaterError } from '@headwater/core';
import {
  type AliasableExpression,
  type Expression,
  ExpressionWrapper,
  FunctionNode,
  type OperationNode,
  type RawBuilder,
  ValueNode,
} from 'kysely';
import type { FunctionName, FunctionTable } from './function-table.ts';

/** No SQL function has such a name, so that a query cannot use a reserved one by accident. */
const prefix = 'headwater:';

/** The constants of a call: the first argument of its node, which no compiler but ours may write. */
class CallConstants {
  readonly name: string;
  readonly values: readonly unknown[];

  constructor(name: string, values: readonly unknown[]) {
    this.name = name;
    this.values = values;
  }

  /** Kysely's own compilers come here: they name a value that they cannot write. */
  toString(): string {
    throw new HeadwaterError('FUNCTION_UNSUPPORTED', { function: this.name, known: [] });
  }
}

/**
 * A call whose SQL the engine's query compiler decides: Kysely's own node of a function, under a reserved name. A compiler
 * that does not write it throws HeadwaterError `FUNCTION_UNSUPPORTED`.
 */
export function neutralFunction<Result>(
  name: FunctionName,
  constants: readonly unknown[],
  expressions: readonly Expression<unknown>[],
): AliasableExpression<Result> {
  return new ExpressionWrapper<unknown, never, Result>(
    FunctionNode.create(`${prefix}${name}`, [
      ValueNode.createImmediate(new CallConstants(name, constants)),
      ...expressions.map((one) => one.toOperationNode()),
    ]),
  );
}

/** Whether a node is a call under a reserved name; `name` limits it to one function. */
export const isNeutralFunction = (node: OperationNode, name = ''): node is FunctionNode =>
  FunctionNode.is(node) && node.func.startsWith(prefix) && node.func.endsWith(name);

/** The constants of a call under a reserved name. */
export function constantsOf({ arguments: [first] }: FunctionNode): readonly unknown[] {
  const value = first && ValueNode.is(first) ? first.value : undefined;
  return value instanceof CallConstants ? value.values : [];
}

/**
 * The call as an engine writes it.
 * @throws HeadwaterError `FUNCTION_UNSUPPORTED` for a function that another version of this package has
 */
export function lowerFunction(node: FunctionNode, functions: FunctionTable): OperationNode {
  const name = node.func.slice(prefix.length);
  const write = Object.hasOwn(functions, name) ? functions[name as FunctionName] : undefined;
  if (!write)
    throw new HeadwaterError('FUNCTION_UNSUPPORTED', { function: name, known: Object.keys(functions) });
  const expressions = node.arguments.slice(1).map((one) => new ExpressionWrapper(one));
  // The builders in functions.ts give each function its own parameters.
  const call = write as (...parameters: readonly unknown[]) => RawBuilder<unknown>;
  return call(...constantsOf(node), ...expressions).toOperationNode();
}
