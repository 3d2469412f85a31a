import { quoteName } from '@headwater/core/internal';

/** A view without rows, for a table that has no files yet: its columns and their types in DuckDB. */
export function emptyView(name: string, columns: readonly (readonly [name: string, type: string])[]): string {
  const nulls = columns.map(([column, type]) => `CAST(NULL AS ${type}) AS ${quoteName(column)}`);
  return `CREATE VIEW ${quoteName(name)} AS SELECT ${nulls.join(', ')} WHERE false`;
}
