import type { DataType, TableSchema } from '@headwater/core';
import {
  AndNode,
  type BinaryOperationNode,
  ColumnNode,
  type LimitNode,
  type OffsetNode,
  type OperationNode,
  PrimitiveValueListNode,
  ReferenceNode,
  SelectQueryNode,
  ValueListNode,
  ValueNode,
} from 'kysely';
import { AnswerCompiler } from '../common/answer-compiler.ts';
import { trinoFunctions } from './trino-functions.ts';

/**
 * Writes queries for Trino: `?` placeholders, OFFSET before LIMIT, and counts as decimals of 15 digits, which are decoded to
 * numbers. Rows have dates and wide decimals as text, and Trino does not convert types implicitly, so a text that is compared
 * with such a column is cast: `"day" = cast(? as date)` (https://trino.io/docs/current/language/types.html).
 */
export class TrinoQueryCompiler extends AnswerCompiler {
  protected override readonly countType = 'decimal(15, 0)';
  protected override readonly functions = trinoFunctions;
  readonly #kinds: ReadonlyMap<string, DataType['kind'] | undefined>;
  #compared: DataType['kind'] | undefined;

  constructor(tables: readonly TableSchema[] = []) {
    super();
    const kinds = new Map<string, DataType['kind'] | undefined>();
    // A name that has different kinds in two tables is left out.
    for (const { name, type } of tables.flatMap((table) => table.columns))
      kinds.set(name, kinds.has(name) && kinds.get(name) !== type.kind ? undefined : type.kind);
    this.#kinds = kinds;
  }

  protected override getCurrentParameterPlaceholder(): string {
    return '?';
  }

  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const outer = this.#compared;
    this.#compared = isPlain(node.rightOperand) ? this.#kindOf(node.leftOperand) : undefined;
    super.visitBinaryOperation(node);
    this.#compared = outer;
  }

  protected override appendValue(value: unknown): void {
    const type = typeof value === 'string' ? textType(value, this.#compared) : undefined;
    if (type !== undefined) this.append('cast(');
    super.appendValue(value);
    if (type !== undefined) this.append(` as ${type})`);
  }

  protected override visitLimit(node: LimitNode): void {
    if (this.#offsetOfQuery() === undefined) super.visitLimit(node);
  }

  protected override visitOffset(node: OffsetNode): void {
    super.visitOffset(node);
    const query = this.parentNode;
    if (query === undefined || !SelectQueryNode.is(query) || !query.limit) return;
    this.append(' ');
    super.visitLimit(query.limit);
  }

  #offsetOfQuery(): OffsetNode | undefined {
    const query = this.parentNode;
    return query !== undefined && SelectQueryNode.is(query) ? query.offset : undefined;
  }

  #kindOf(node: OperationNode): DataType['kind'] | undefined {
    if (!ReferenceNode.is(node) || !ColumnNode.is(node.column)) return undefined;
    return this.#kinds.get(node.column.column.name);
  }
}

/** Whether an operand is a value, a list of values, or the two values of BETWEEN. */
const isPlain = (node: OperationNode): boolean =>
  [ValueNode, PrimitiveValueListNode, ValueListNode, AndNode].some((kind) => kind.is(node));

/** The type that a text is cast to when it is compared with a column of this kind. It keeps every digit of the text. */
function textType(text: string, kind: DataType['kind'] | undefined): string | undefined {
  if (kind === 'date') return 'date';
  if (kind !== 'decimal') return undefined;
  const [, whole, fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || whole.length + fraction.length > 38) return undefined;
  return `decimal(${whole.length + fraction.length}, ${fraction.length})`;
}
