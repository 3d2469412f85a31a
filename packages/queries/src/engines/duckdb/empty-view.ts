import { quoteName } from '@headwater/core/internal';

/** The statement of a view without rows, for a table without files. */
export function emptyView(name: string, columns: readonly (readonly [name: string, type: string])[]): string {
  const nulls = columns.map(([column, type]) => `CAST(NULL AS ${type}) AS ${quoteName(column)}`);
  return `CREATE VIEW ${quoteName(name)} AS SELECT ${nulls.join(', ')} WHERE false`;
}
