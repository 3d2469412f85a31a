import type { DataType, TableSchema } from '@headwater/core';
import {
  AliasNode,
  ColumnNode,
  CommonTableExpressionNode,
  type OperationNode,
  ReferenceNode,
  type SelectionNode,
  SelectQueryNode,
  TableNode,
} from 'kysely';
import type { FunctionTable } from '../../functions/function-table.ts';
import { AnswerCompiler } from '../common/answer-compiler.ts';
import { postgresFunctions } from './postgres-functions.ts';

/** Kinds whose columns are texts: their order depends on a collation. */
const textKinds: ReadonlySet<DataType['kind']> = new Set(['string', 'enum', 'uuid']);

/**
 * Writes queries for PostgreSQL, with `$1` placeholders. Counts are decimals of 15 digits, which are decoded to numbers.
 *
 * Texts are ordered by the collation of the database, unless their column or the query says otherwise, and most databases
 * have that of a language (https://www.postgresql.org/docs/current/collation.html). Other engines compare code points. So a
 * text column of a table has the collation `C` from where it is selected on; conditions on the table itself have none, which
 * leaves them to indexes.
 */
export class PostgresQueryCompiler extends AnswerCompiler {
  protected override readonly countType: string = 'decimal(15, 0)';
  protected override readonly functions: FunctionTable = postgresFunctions;
  /** The text columns of each table. */
  readonly #texts: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(tables: readonly TableSchema[] = []) {
    super();
    this.#texts = new Map(
      tables.map(({ name, columns }) => [
        name,
        new Set(columns.filter(({ type }) => textKinds.has(type.kind)).map((column) => column.name)),
      ]),
    );
  }

  protected override visitSelection(node: SelectionNode): void {
    const { selection } = node;
    const value = AliasNode.is(selection) ? selection.node : selection;
    if (!ReferenceNode.is(value) || !this.#isText(value)) {
      super.visitSelection(node);
      return;
    }
    this.visitNode(value);
    this.append(' collate "C" as ');
    if (AliasNode.is(selection)) this.visitNode(selection.alias);
    else if (ColumnNode.is(value.column)) this.visitNode(value.column);
  }

  /** Whether a reference is one to a text column of a table, not of a query inside. */
  #isText({ column, table }: ReferenceNode): boolean {
    if (!ColumnNode.is(column)) return false;
    const query = this.nodeStack.findLast(SelectQueryNode.is);
    const sources = [...(query?.from?.froms ?? []), ...(query?.joins ?? []).map((join) => join.table)];
    const named = table?.table.identifier.name;
    const [source] = named === undefined ? sources : sources.filter((one) => aliasOf(one) === named);
    if (!source || (named === undefined && sources.length > 1)) return false;
    const name = tableName(source);
    if (name === undefined || this.#isPartOfWith(name)) return false;
    return this.#texts.get(name)?.has(column.column.name) === true;
  }

  /** Whether a part of a WITH has the name of the table, and is what the name means here. */
  #isPartOfWith(name: string): boolean {
    return this.nodeStack.filter(SelectQueryNode.is).some(({ with: parts }) => {
      const all = parts?.expressions.filter(CommonTableExpressionNode.is) ?? [];
      const inside = all.findIndex((part) => this.nodeStack.includes(part));
      // A part sees those before it, not itself.
      const seen = inside === -1 ? all : all.slice(0, inside);
      return seen.some((part) => part.name.table.table.identifier.name === name);
    });
  }
}

const tableName = (source: OperationNode): string | undefined => {
  const node: OperationNode = AliasNode.is(source) ? source.node : source;
  return TableNode.is(node) ? node.table.identifier.name : undefined;
};

const aliasOf = (source: OperationNode): string | undefined => {
  if (!AliasNode.is(source)) return tableName(source);
  return 'name' in source.alias ? String(source.alias.name) : undefined;
};
