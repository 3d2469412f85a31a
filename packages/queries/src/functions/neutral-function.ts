import { HeadwaterError } from '@headwater/core';
import {
  type AliasableExpression,
  type Expression,
  ExpressionWrapper,
  FunctionNode,
  type OperationNode,
  ValueNode,
} from 'kysely';
import type { FunctionName, FunctionTable } from './function-table.ts';
import type { LocalClock } from './local-clock.ts';
import { functionOn } from './zoned-functions.ts';

/** No SQL function has such a name, so that a query cannot use a reserved one by accident. */
const prefix = 'headwater:';

/** The constants of a call: the first argument of its node, which no compiler but ours may write. */
class CallConstants {
  readonly name: string;
  readonly values: readonly unknown[];
  /** The zone's clock by which the call reads times; absent for UTC. */
  readonly clock: LocalClock | undefined;

  constructor(name: string, values: readonly unknown[], clock?: LocalClock) {
    this.name = name;
    this.values = values;
    this.clock = clock;
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
export const constantsOf = (node: FunctionNode): readonly unknown[] => callConstants(node)?.values ?? [];

function callConstants({ arguments: [first] }: FunctionNode): CallConstants | undefined {
  const value = first && ValueNode.is(first) ? first.value : undefined;
  return value instanceof CallConstants ? value : undefined;
}

/** The call, reading times by a zone's clock. A call that has a clock keeps it. */
export function byClock(node: FunctionNode, clock: LocalClock): FunctionNode {
  const call = callConstants(node);
  if (!call || call.clock) return node;
  const constants = ValueNode.createImmediate(new CallConstants(call.name, call.values, clock));
  return FunctionNode.create(node.func, [constants, ...node.arguments.slice(1)]);
}

/** A call under a reserved name, reading times by a zone's clock. */
export function onClock<Result>(call: Expression<Result>, clock: LocalClock): Expression<Result> {
  const node = call.toOperationNode();
  return isNeutralFunction(node) ? new ExpressionWrapper<unknown, never, Result>(byClock(node, clock)) : call;
}

/**
 * The call as an engine writes it.
 * @throws HeadwaterError `FUNCTION_UNSUPPORTED` for a function that another version of this package has
 */
export function lowerFunction(node: FunctionNode, engine: FunctionTable): OperationNode {
  const name = node.func.slice(prefix.length);
  const call = functionOn(engine, callConstants(node)?.clock, name);
  if (!call) throw new HeadwaterError('FUNCTION_UNSUPPORTED', { function: name, known: Object.keys(engine) });
  const expressions = node.arguments.slice(1).map((one) => new ExpressionWrapper(one));
  return call(...constantsOf(node), ...expressions).toOperationNode();
}
