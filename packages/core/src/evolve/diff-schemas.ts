import { roleNames } from '../table/role-table.ts';
import type { Column, TableSchema } from '../table/table-schema.ts';
import { diffColumn } from './diff-column.ts';
import { diffTable } from './diff-table.ts';
import { typeName } from './diff-type.ts';
import type { SchemaChange } from './schema-change.ts';

/**
 * Every difference between two definitions of a table, in the order of the new columns. Differences of the table as a whole
 * come last. A rename must be declared with `renamedFrom`; otherwise it is a drop and an addition.
 *
 * @example diffSchemas(old, now).map(({ id }) => id) // ['rename-column:brand:brand_name', 'add-enum-value:event_type:refund']
 */
export function diffSchemas(old: TableSchema, now: TableSchema): SchemaChange[] {
  const pairs = now.columns.map((column) => ({ now: column, old: columnBefore(old, now, column) }));
  const kept = new Set(pairs.map((pair) => pair.old?.name));
  const nameNow = new Map(pairs.flatMap((pair) => (pair.old ? [[pair.old.name, pair.now.name]] : [])));
  const isAction = ({ name }: Column): boolean => now.roles.action === name;
  return [
    ...pairs.flatMap((pair) =>
      pair.old ? diffColumn(pair.old, pair.now, { isAction: isAction(pair.now) }) : [added(pair.now)],
    ),
    ...old.columns
      .filter(({ name }) => !kept.has(name))
      .map((column) => dropped(column, successorOf(column, old, now))),
    ...diffTable(old, now, nameNow),
  ];
}

/** The earlier definition of a column: the column with its name, else with its latest former name. */
function columnBefore(old: TableSchema, now: TableSchema, { name, renamedFrom }: Column): Column | undefined {
  const taken = new Set(now.columns.map((column) => column.name));
  const names = [name, ...renamedFrom.filter((former) => !taken.has(former))];
  return names.flatMap((one) => old.columns.find((column) => column.name === one) ?? []).at(0);
}

function added({ name, type, nullable, default: fallback }: Column): SchemaChange {
  const rule = nullable
    ? 'add-optional-column'
    : fallback === undefined
      ? 'add-required-column'
      : 'add-column-with-default';
  const what = nullable
    ? 'optional'
    : fallback === undefined
      ? 'required'
      : `required, with the default ${fallback} in older files`;
  return {
    id: `add-column:${name}`,
    kind: 'add-column',
    case: rule,
    column: name,
    text: `${name}: is new, ${typeName(type)}, ${what}`,
  };
}

/**
 * The new column that may be an undeclared rename of a dropped one: it has the same role, or is the only new column of the same
 * type. Without the declaration, older files would silently give null.
 */
function successorOf(column: Column, old: TableSchema, now: TableSchema): Column | undefined {
  const known = new Set(old.columns.map(({ name }) => name));
  const alike = now.columns.filter(
    ({ name, type, renamedFrom }) =>
      !known.has(name) &&
      !renamedFrom.some((former) => known.has(former)) &&
      typeName(type) === typeName(column.type),
  );
  const parts = roleNames.filter((role) => old.roles[role] === column.name);
  return (
    alike.find(({ name }) => parts.some((role) => now.roles[role] === name)) ??
    (alike.length === 1 ? alike[0] : undefined)
  );
}

function dropped({ name, nullable }: Column, successor: Column | undefined): SchemaChange {
  return {
    id: `drop-column:${name}`,
    kind: 'drop-column',
    case: nullable ? 'drop-optional-column' : 'drop-required-column',
    column: name,
    text: successor
      ? `${name}: was removed; if it was renamed to ${successor.name}, declare renamedFrom: '${name}' there`
      : `${name}: was removed`,
  };
}
