import type { TableSchema } from '@headwater/core';
import { readName } from '@headwater/core/internal';
import {
  AliasNode,
  ColumnNode,
  CommonTableExpressionNode,
  IdentifierNode,
  type OperationNode,
  RawNode,
  ReferenceNode,
  type SelectionNode,
  SelectQueryNode,
  TableNode,
} from 'kysely';
import type { DayRange } from '../../session/day-range.ts';
import { mentionedIn } from './mentioned-columns.ts';
import { daysWithin } from './partition-days.ts';
import { planTextScans } from './text-scan-plan.ts';

/** One reading of a table: which columns, of which days. */
export interface TableScan {
  readonly table: string;
  /** Columns that have bytes in files; a partition key has none. */
  readonly columns: ReadonlySet<string>;
  readonly days: DayRange;
}

type Needed = ReadonlySet<string> | 'all';
type Parts = ReadonlyMap<string, OperationNode>;

/**
 * What a query will read of the lake's tables, from Kysely's own tree of it. Engines put the parts of a WITH into the
 * place of each mention, and read of a table only what is asked for there; so does this: a part that is mentioned twice
 * is read twice, each time for its own columns.
 */
export function planScans(query: OperationNode, tables: readonly TableSchema[]): TableScan[] {
  const schemas = new Map(
    tables.flatMap((schema) => [schema.name, readName(schema)].map((name) => [name, schema] as const)),
  );
  return scansOf(query, 'all', new Map(), schemas);
}

function scansOf(
  node: OperationNode,
  needed: Needed,
  outer: Parts,
  schemas: ReadonlyMap<string, TableSchema>,
): TableScan[] {
  if (RawNode.is(node)) return planTextScans(node.sqlFragments.join(' '), [...new Set(schemas.values())]);
  if (!SelectQueryNode.is(node)) return [];
  const parts = new Map(outer);
  for (const { name, expression } of node.with?.expressions.filter(CommonTableExpressionNode.is) ?? [])
    parts.set(name.table.table.identifier.name, expression);

  const isWhole = node.setOperations !== undefined || (node.frontModifiers?.length ?? 0) > 0;
  const selections = (node.selections ?? []).filter(
    (selection) => needed === 'all' || isWhole || isNeeded(selection, needed),
  );
  const joins = node.joins ?? [];
  const conditions = joins.flatMap(({ on }) => (on ? [on] : []));
  const { where, groupBy, having, orderBy } = node;
  const used = [...selections, ...conditions, where, groupBy, having, orderBy].filter(
    (one) => one !== undefined,
  );
  const mentioned = mentionedIn(used);
  const asked: Needed = mentioned.all ? (isWhole ? 'all' : needed) : mentioned.names;
  const passed: Needed = asked === 'all' ? 'all' : new Set([...asked, ...mentioned.names]);

  const sources = [...(node.from?.froms ?? []), ...joins.map(({ table }) => table)];
  const isAlone = sources.length === 1;
  const ofSources = sources.flatMap((named) => {
    const source = withoutAlias(named);
    if (!TableNode.is(source)) return scansOf(source, passed, parts, schemas);
    const { name } = source.table.identifier;
    const part = parts.get(name);
    if (part) {
      // A part sees those before it, not itself.
      return scansOf(part, passed, new Map([...parts].slice(0, [...parts.keys()].indexOf(name))), schemas);
    }
    const schema = schemas.get(name);
    return schema
      ? [
          {
            table: schema.name,
            columns: storedColumns(schema, passed, mentioned.text),
            days: daysWithin(where, { alias: aliasOf(named) ?? name, isAlone }),
          },
        ]
      : [];
  });
  const others = (node.setOperations ?? []).map(({ expression }) => expression);
  // A query that was written as text inside of this one.
  const ofText = /\b(from|join)\b/i.test(mentioned.text)
    ? planTextScans(mentioned.text, [...new Set(schemas.values())])
    : [];
  return [
    ...ofSources,
    ...ofText,
    ...[...others, ...mentioned.queries].flatMap((one) => scansOf(one, 'all', parts, schemas)),
  ];
}

const withoutAlias = (node: OperationNode): OperationNode => (AliasNode.is(node) ? node.node : node);

const aliasOf = (node: OperationNode): string | undefined =>
  AliasNode.is(node) && IdentifierNode.is(node.alias) ? node.alias.name : undefined;

/** Whether the outer query asks for this column of the answer; what has no name of its own always counts. */
function isNeeded(node: SelectionNode, needed: ReadonlySet<string>): boolean {
  const { selection } = node;
  if (AliasNode.is(selection) && IdentifierNode.is(selection.alias)) return needed.has(selection.alias.name);
  const column = ReferenceNode.is(selection) ? selection.column : selection;
  return !ColumnNode.is(column) || needed.has(column.column.name);
}

function storedColumns(schema: TableSchema, needed: Needed, text: string): ReadonlySet<string> {
  const keys = new Set(schema.partitioning.columns);
  const words = new Set(text.match(/\w+/g));
  const columns = schema.columns.filter(
    ({ name }) => !keys.has(name) && (needed === 'all' || needed.has(name) || words.has(name)),
  );
  // Files of before hold a renamed column under its former names.
  return new Set(columns.flatMap(({ name, renamedFrom }) => [name, ...renamedFrom]));
}
