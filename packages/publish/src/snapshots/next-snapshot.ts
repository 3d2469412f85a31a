import type { SchemaDiff, TableSchema } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';

/** The version of a definition: the latest one where nothing changed, else the one after it. */
export function nextSnapshot(
  schema: TableSchema,
  diff: SchemaDiff,
  latest: SchemaSnapshot | undefined,
): SchemaSnapshot {
  if (latest && diff.changes.length === 0) return latest;
  return { layout: 1, table: schema.name, number: (latest?.number ?? 0) + 1, version: diff.version, schema };
}
