import type { Column, TableSchema } from '@headwater/core';
import { readNames } from '@headwater/core/internal';
import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  ReferenceNode,
  SelectAllNode,
  SelectQueryNode,
  TableNode,
} from 'kysely';

/** A column of a query's answer that is a list, struct or map column of a table, unchanged. */
export interface NestedAnswer {
  /** Its name in the answer. */
  readonly name: string;
  readonly column: Column;
}

const nested: ReadonlySet<string> = new Set(['list', 'struct', 'map']);

/**
 * The nested columns in a query's answer. Athena returns such values as text that cannot be parsed, so the compiler selects
 * them as JSON, which the engine parses.
 */
export function nestedAnswers(
  query: OperationNode | undefined,
  tables: readonly TableSchema[],
): NestedAnswer[] {
  if (query === undefined || !SelectQueryNode.is(query)) return [];
  const columns = tables.flatMap((table) => table.columns.filter(({ type }) => nested.has(type.kind)));
  if (columns.length === 0) return [];
  return (query.selections ?? []).flatMap(({ selection }) => {
    const all = tableOfAll(selection, query, tables);
    if (all)
      return all.columns
        .filter((one) => nested.has(one.type.kind))
        .map((column) => ({ name: column.name, column }));
    const named = namedColumn(selection);
    const column = columns.find((one) => one.name === named?.column);
    return named && column ? [{ name: named.name, column }] : [];
  });
}

/** The table whose columns a `*` selects, if it is one table of the lake. */
export function tableOfAll(
  selection: OperationNode,
  query: OperationNode | undefined,
  tables: readonly TableSchema[],
): TableSchema | undefined {
  if (!SelectAllNode.is(selection) || query === undefined || !SelectQueryNode.is(query)) return undefined;
  const [from, ...others] = query.from?.froms ?? [];
  const source = from && AliasNode.is(from) ? from.node : from;
  if (source === undefined || others.length > 0 || query.joins || !TableNode.is(source)) return undefined;
  const { name } = source.table.identifier;
  return tables.find((table) => readNames(table).includes(name));
}

/** The column that a selection takes unchanged, and its name in the answer; undefined for a computed value. */
export function namedColumn(selection: OperationNode): { name: string; column: string } | undefined {
  const node = AliasNode.is(selection) ? selection.node : selection;
  const column = ReferenceNode.is(node) ? node.column : node;
  if (!ColumnNode.is(column)) return undefined;
  const own = column.column.name;
  const alias = AliasNode.is(selection) && IdentifierNode.is(selection.alias) ? selection.alias.name : own;
  return { name: alias, column: own };
}
