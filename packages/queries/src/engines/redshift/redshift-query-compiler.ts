import { HeadwaterError } from '@headwater/core';
import {
  type AggregateFunctionNode,
  type BinaryOperationNode,
  type Expression,
  ExpressionWrapper,
  expressionBuilder,
  type OperationNode,
  OperatorNode,
  type OverNode,
  SelectAllNode,
  SelectionNode,
  sql,
} from 'kysely';
import type { FunctionTable } from '../../functions/function-table.ts';
import { PostgresQueryCompiler } from '../postgres/postgres-query-compiler.ts';
import { redshiftFunctions } from './redshift-functions.ts';

const eb = expressionBuilder<Record<string, never>>();

/** Window functions that rank or look at other rows: they take no frame. */
const frameless: ReadonlySet<string> = new Set([
  ...['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'lag', 'lead'],
]);

/** Aggregates of the rows up to the present one that are the same by rows, when the greatest of equal rows comes first. */
const directions: ReadonlyMap<string, string> = new Map([
  ['max', 'desc'],
  ['min', 'asc'],
]);

/**
 * Writes queries for Redshift, which differ from PostgreSQL's in what Redshift refuses:
 *
 * - `filter (where ...)` of an aggregate (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html
 *   does not list it, and no syntax of an aggregate has it): a CASE in its argument
 * - an aggregate over an order without a frame (https://docs.aws.amazon.com/redshift/latest/dg/c_Window_functions.html): `rows
 *   unbounded preceding`, which gives what rows up to the present time and at it give, as the greatest of equal times comes first
 * - `is distinct from`: comparisons and `is null`
 * - a backslash in a text, which begins an escape: two of them
 *
 * Texts are compared by their bytes there, so no collation is written. Names are folded to lower case even in quotes, unless the
 * session has `set enable_case_sensitive_identifier to true`
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_enable_case_sensitive_identifier.html).
 */
export class RedshiftQueryCompiler extends PostgresQueryCompiler {
  protected override readonly functions: FunctionTable = redshiftFunctions;
  #ordered: OperationNode | undefined;

  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const operator = OperatorNode.is(node.operator) ? node.operator.operator : undefined;
    if (operator !== 'is not distinct from' && operator !== 'is distinct from') {
      super.visitBinaryOperation(node);
      return;
    }
    const [left, right] = [node.leftOperand, node.rightOperand].map((one) => new ExpressionWrapper(one));
    const same = sql`coalesce(${left} = ${right}, ${left} is null and ${right} is null)`;
    this.visitNode((operator === 'is distinct from' ? sql`not ${same}` : same).toOperationNode());
  }

  protected override visitAggregateFunction(node: AggregateFunctionNode): void {
    const { filter, ...unfiltered } = node;
    const [argument] = node.aggregated;
    const name = node.func.toLowerCase();
    const aggregated = filter && argument ? [chosen(argument, filter.where)] : node.aggregated;
    const outer = this.#ordered;
    this.#ordered = node.over?.orderBy && !frameless.has(name) ? frameOf(name, aggregated[0]) : undefined;
    super.visitAggregateFunction(Object.freeze({ ...unfiltered, aggregated }));
    this.#ordered = outer;
  }

  protected override visitOver(node: OverNode): void {
    const order = this.#ordered;
    if (!order) {
      super.visitOver(node);
      return;
    }
    this.#ordered = undefined;
    this.append('over(');
    if (node.partitionBy) {
      this.visitNode(node.partitionBy);
      this.append(' ');
    }
    if (node.orderBy) this.visitNode(node.orderBy);
    this.append(', ');
    this.visitNode(order);
    this.append(' rows unbounded preceding)');
  }

  protected override sanitizeStringLiteral(value: string): string {
    return super.sanitizeStringLiteral(value).replaceAll('\\', '\\\\');
  }
}

/** An argument where a condition holds, and null elsewhere, which aggregates ignore. */
function chosen(argument: OperationNode, condition: OperationNode): OperationNode {
  const isAll = SelectAllNode.is(SelectionNode.is(argument) ? argument.selection : argument);
  const value: Expression<unknown> = isAll ? sql.lit(1) : new ExpressionWrapper(argument);
  return eb
    .case()
    .when(new ExpressionWrapper<never, never, boolean>(condition))
    .then(value)
    .end()
    .toOperationNode();
}

/** The last key of the order of a window: among equal rows the one whose value an aggregate of all of them has. */
function frameOf(name: string, argument: OperationNode | undefined): OperationNode {
  const direction = directions.get(name);
  if (direction === undefined || !argument)
    throw new HeadwaterError('FUNCTION_UNSUPPORTED', {
      function: `${name} over (order by ...)`,
      known: [...directions.keys()].map((one) => `${one} over (order by ...)`),
    });
  return sql`${new ExpressionWrapper(argument)} ${sql.raw(direction)} nulls last`.toOperationNode();
}
