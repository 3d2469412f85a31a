import type { TableSchema } from '@headwater/core';

/** The staged rows' name for a column, in every engine: `v` and the column's place. So no user's name can clash with an engine's. */
export const stagedName = (schema: TableSchema, column: string): string =>
  `v${schema.columns.findIndex(({ name }) => name === column)}`;
