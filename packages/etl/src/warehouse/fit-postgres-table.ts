import { HeadwaterError, type TableSchema } from '@headwater/core';
import {
  type LakeState,
  postgresColumn,
  postgresDay,
  postgresShownType,
  postgresText,
  postgresType,
  qualifiedName,
  quoteName,
  schemaAt,
} from '@headwater/core/internal';
import type { LoadRecords, LoadTarget } from './load-records.ts';
import type { PostgresSession } from './postgres-session.ts';

/** A column as the database has it. */
export interface PresentColumn {
  readonly type: string;
  readonly isRequired: boolean;
}

/** A table as the database has it. */
export interface PresentTable {
  readonly isPartitioned: boolean;
  readonly isEmpty: boolean;
  readonly columns: ReadonlyMap<string, PresentColumn>;
}

/** What makes the table fit the definition. */
export interface TableFit {
  /** Columns to add, each with its statement. */
  readonly added: readonly { readonly column: string; readonly statement: string }[];
  /** Loaded files that have values of an added column, which the table lacks. */
  readonly stale: ReadonlySet<string>;
}

/** Reads a table's columns; undefined when the database has no such table. */
export async function readPresentTable(
  { rows }: PostgresSession,
  { schema, table }: LoadTarget,
): Promise<PresentTable | undefined> {
  const name = qualifiedName(schema, table);
  const [found] = await rows('SELECT relkind FROM pg_class WHERE oid = to_regclass($1)', [name]);
  if (found === undefined) return undefined;
  const columns = await rows(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [name],
  );
  const [first] = await rows(`SELECT EXISTS (SELECT FROM ${name}) AS filled`);
  return {
    isPartitioned: found['relkind'] === 'p',
    isEmpty: first?.['filled'] !== true,
    columns: new Map(
      columns.map((column) => [
        String(column['name']),
        { type: String(column['type']), isRequired: column['required'] === true },
      ]),
    ),
  };
}

/**
 * Compares a table with the definition. A column that the definition has and the table lacks is added; with every other difference
 * the table would not hold what the lake does.
 *
 * @throws HeadwaterError `WAREHOUSE_TABLE_DIFFERS` naming each difference with what to do about it
 */
export function fitPostgresTable(
  definition: TableSchema,
  state: LakeState,
  present: PresentTable,
  records: LoadRecords,
  target: LoadTarget,
): TableFit {
  const name = qualifiedName(target.schema, target.table);
  const problems: { column: string; problem: string; fix: string }[] = [];
  const added: { column: string; statement: string }[] = [];
  const stale = new Set<string>();
  const defaults = new Map(records.columns.map((column) => [column.name, column.default]));
  // A rebuild drops no table of others.
  const rebuild = records.isKnown
    ? 'load with rebuild'
    : 'no load made the table, so choose another schema, or drop it yourself';
  const known = new Set(definition.columns.map((column) => column.name));
  for (const column of definition.columns) {
    const there = present.columns.get(column.name);
    const quoted = quoteName(column.name);
    const refuse = (problem: string, fix: string) => problems.push({ column: column.name, problem, fix });
    if (!there) {
      const former = column.renamedFrom.find((one) => present.columns.has(one) && !known.has(one));
      if (former !== undefined)
        refuse(`was called ${former}`, `ALTER TABLE ${name} RENAME COLUMN ${quoteName(former)} TO ${quoted}`);
      else if (!column.nullable && column.default === undefined && !present.isEmpty)
        refuse('is required, and the rows that are there have no value', rebuild);
      else {
        const older = column.default === undefined ? '' : ` DEFAULT ${postgresText(column.default)}`;
        const drop = older === '' ? '' : `; ALTER TABLE ${name} ALTER COLUMN ${quoted} DROP DEFAULT`;
        const statement = `ALTER TABLE ${name} ADD COLUMN ${postgresColumn(column)}${older}${drop}`;
        added.push({ column: column.name, statement });
        for (const path of filesWith([column.name, ...column.renamedFrom], state, records)) stale.add(path);
      }
      continue;
    }
    const type = postgresShownType(column.type);
    if (there.type !== type)
      refuse(
        `is ${there.type}, and ${type} in the definition`,
        isWider(there.type, type)
          ? `ALTER TABLE ${name} ALTER COLUMN ${quoted} TYPE ${postgresType(column.type)}`
          : rebuild,
      );
    if (there.isRequired && column.nullable)
      refuse(
        'is NOT NULL, and optional in the definition',
        `ALTER TABLE ${name} ALTER COLUMN ${quoted} DROP NOT NULL, or ${rebuild} where it is part of the key`,
      );
    if (defaults.has(column.name) && defaults.get(column.name) !== column.default)
      refuse('has another default now, and rows of older files hold the former one', rebuild);
  }
  for (const { name: column } of records.columns) {
    const isFormer = definition.columns.some(({ renamedFrom }) => renamedFrom.includes(column));
    if (!present.columns.has(column) || known.has(column) || isFormer) continue;
    problems.push({
      column,
      problem: 'is no longer in the definition',
      fix: `ALTER TABLE ${name} DROP COLUMN ${quoteName(column)}, which deletes its values`,
    });
  }
  if (present.columns.get(postgresDay)?.type !== 'date')
    problems.push({ column: postgresDay, problem: 'is missing or no date', fix: rebuild });
  if (problems.length > 0) throw new HeadwaterError('WAREHOUSE_TABLE_DIFFERS', { target: name, problems });
  return { added, stale };
}

/** The loaded files whose definition at their time had one of these columns. */
function filesWith(names: readonly string[], state: LakeState, { files }: LoadRecords): string[] {
  return [...files.keys()].filter((path) => {
    const span = schemaAt(state, state.addedBy.get(path) ?? 0);
    return span?.columns.some(({ name }) => names.includes(name));
  });
}

/** Whether PostgreSQL converts every value of a type to another one without a change. */
function isWider(from: string, to: string): boolean {
  if (from === 'integer' && to === 'bigint') return true;
  const [old, now] = [from, to].map((type) => /^numeric\((\d+),(\d+)\)$/.exec(type)?.slice(1).map(Number));
  const [[precision = 0, scale = 0] = [], [newPrecision = 0, newScale = 0] = []] = [old, now];
  return (
    old !== undefined &&
    now !== undefined &&
    newScale >= scale &&
    newPrecision - newScale >= precision - scale
  );
}
