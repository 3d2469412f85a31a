import type { TableSchema } from '../table/table-schema.ts';

/**
 * Prepares an earlier definition for a rollback. A column that was renamed since then is also read under its later names;
 * otherwise rows with those names would give null.
 *
 * @param latest the published definition that it replaces
 */
export function rollbackSchema(earlier: TableSchema, latest: TableSchema): TableSchema {
  const names = new Set(earlier.columns.map(({ name }) => name));
  const columns = earlier.columns.map((column) => {
    const later = latest.columns.filter(
      ({ name, renamedFrom }) => !names.has(name) && renamedFrom.includes(column.name),
    );
    const known = new Set([column.name, ...column.renamedFrom, ...column.aliases]);
    const added = later
      .flatMap(({ name, renamedFrom }) => [name, ...renamedFrom])
      .filter((name) => !known.has(name));
    return { ...column, renamedFrom: [...new Set([...added, ...column.renamedFrom])] };
  });
  return { ...earlier, columns };
}
