import type { TableSchema } from '@headwater/core';
import { readNames } from '@headwater/core/internal';
import {
  AliasNode,
  ColumnNode,
  CommonTableExpressionNode,
  IdentifierNode,
  type JoinNode,
  type OperationNode,
  RawNode,
  ReferenceNode,
  type SelectionNode,
  SelectQueryNode,
  TableNode,
} from 'kysely';
import type { DayRange } from '../../session/day-range.ts';
import { isRollupOf } from '../../session/opened-rollup.ts';
import { mentionedIn } from './mentioned-columns.ts';
import { daysWithin } from './partition-days.ts';
import { planTextScans } from './text-scan-plan.ts';
import { isDeclaredUnbounded } from './unbounded-scan.ts';

/** One reading of a table: its columns and days. */
export interface TableScan {
  readonly table: string;
  /** Columns that are stored in files; partition keys are not. */
  readonly columns: ReadonlySet<string>;
  readonly days: DayRange;
  /** Whether every day may be read: `unboundedScan` began it, or a text that a person wrote may do so. */
  readonly mayBeUnbounded: boolean;
}

type Needed = ReadonlySet<string> | 'all';
type Parts = ReadonlyMap<string, OperationNode>;

/**
 * What a query will read of the lake's tables, from Kysely's tree of it. Engines inline the parts of a WITH and read only
 * the columns that are needed there. This does the same: a part that is mentioned twice is read twice, each time for the
 * columns that are needed there.
 */
export function planScans(query: OperationNode, tables: readonly TableSchema[]): TableScan[] {
  const schemas = new Map(
    tables.flatMap((schema) => readNames(schema).map((name) => [name, schema] as const)),
  );
  return scansOf(query, 'all', new Map(), schemas);
}

function scansOf(
  node: OperationNode,
  needed: Needed,
  outer: Parts,
  schemas: ReadonlyMap<string, TableSchema>,
): TableScan[] {
  if (RawNode.is(node)) {
    const text = planTextScans(node.sqlFragments.join(' '), [...new Set(schemas.values())]);
    return [...text, ...node.parameters.flatMap((one) => sourceScans(one, 'all', outer, schemas))];
  }
  if (!SelectQueryNode.is(node)) return [];
  const parts = new Map(outer);
  for (const { name, expression } of node.with?.expressions.filter(CommonTableExpressionNode.is) ?? [])
    parts.set(name.table.table.identifier.name, expression);

  const isWhole = node.setOperations !== undefined || (node.frontModifiers?.length ?? 0) > 0;
  const selections = (node.selections ?? []).filter(
    (selection) => needed === 'all' || isWhole || isNeeded(selection, needed),
  );
  const joins = node.joins ?? [];
  const ons = joins.flatMap(({ on }) => (on ? [on] : []));
  const { where, groupBy, having, orderBy } = node;
  const used = [...selections, ...ons, where, groupBy, having, orderBy].filter((one) => one !== undefined);
  const mentioned = mentionedIn(used);
  const asked: Needed = mentioned.all ? (isWhole ? 'all' : needed) : mentioned.names;
  const passed: Needed = asked === 'all' ? 'all' : new Set([...asked, ...mentioned.names]);

  const froms = node.from?.froms ?? [];
  const isAlone = froms.length + joins.length === 1;
  const conditions = where ? [where.where] : [];
  const ofSources = [
    ...froms.map((named) => ({ named, own: none })),
    ...joins.map((join) => ({ named: join.table, own: boundsOf(join) })),
  ].flatMap(({ named, own }) => {
    const daysOf = (alias: string) => daysWithin([...conditions, ...own], { alias, isAlone });
    return sourceScans(named, passed, parts, schemas, { text: mentioned.text, daysOf });
  });
  const others = (node.setOperations ?? []).map(({ expression }) => expression);
  // A subquery that was written as text.
  const ofText = /\b(from|join)\b/i.test(mentioned.text)
    ? planTextScans(mentioned.text, [...new Set(schemas.values())])
    : [];
  return [
    ...ofSources,
    ...ofText,
    ...[...others, ...mentioned.queries].flatMap((one) => scansOf(one, 'all', parts, schemas)),
  ];
}

const none: readonly OperationNode[] = [];

/** What is known of a table where a query names it. */
interface SourceContext {
  /** SQL that was written as text beside it. */
  readonly text: string;
  daysOf(alias: string): DayRange;
}

const anywhere: SourceContext = { text: '', daysOf: () => ({}) };

/** What is read of one source of a query: a table, a part of a WITH, or a query of its own. */
function sourceScans(
  named: OperationNode,
  needed: Needed,
  parts: Parts,
  schemas: ReadonlyMap<string, TableSchema>,
  { text, daysOf }: SourceContext = anywhere,
): TableScan[] {
  const source = withoutAlias(named);
  if (!TableNode.is(source)) return scansOf(source, needed, parts, schemas);
  const { name } = source.table.identifier;
  const part = parts.get(name);
  if (part) {
    // A part sees those before it, not itself.
    return scansOf(part, needed, new Map([...parts].slice(0, [...parts.keys()].indexOf(name))), schemas);
  }
  const schema = schemas.get(name);
  if (!schema) {
    // The files of a rollup are few and small, and hold no column that is not read.
    if (![...schemas.values()].some((table) => isRollupOf(table.name, name))) return [];
    const columns = new Set(needed === 'all' ? [] : [...needed].filter((column) => column !== 'dt'));
    return [{ table: name, columns, days: daysOf(aliasOf(named) ?? name), mayBeUnbounded: true }];
  }
  return [
    {
      table: schema.name,
      columns: storedColumns(schema, needed, text),
      days: daysOf(aliasOf(named) ?? name),
      mayBeUnbounded: isDeclaredUnbounded(named),
    },
  ];
}

/** Conditions of a join that also bound its own table; an outer join of that table gives the other rows as well. */
const boundsOf = ({ joinType, on }: JoinNode): readonly OperationNode[] =>
  on && (joinType === 'InnerJoin' || joinType === 'LeftJoin') ? [on.on] : none;

const withoutAlias = (node: OperationNode): OperationNode => (AliasNode.is(node) ? node.node : node);

const aliasOf = (node: OperationNode): string | undefined =>
  AliasNode.is(node) && IdentifierNode.is(node.alias) ? node.alias.name : undefined;

/** Whether the outer query needs this column of the answer. A column without a name always counts. */
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
  // Older files have a renamed column under its former names.
  return new Set(columns.flatMap(({ name, renamedFrom }) => [name, ...renamedFrom]));
}
