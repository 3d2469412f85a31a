import type { SchemaDiff, TableSchema } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';

/**
 * The version of a definition: the latest one where nothing changed, else the one after it.
 * @param allow ids of changes that are allowed. The version records those that are its own. Defaults to none
 */
export function nextSnapshot(
  schema: TableSchema,
  diff: SchemaDiff,
  latest: SchemaSnapshot | undefined,
  allow: readonly string[] = [],
): SchemaSnapshot {
  if (latest && diff.changes.length === 0) return latest;
  const needed = diff.changes.filter(({ id, needsAllow }) => needsAllow && allow.includes(id));
  const allowed = needed.length > 0 ? { allowed: needed.map(({ id }) => id) } : {};
  const number = (latest?.number ?? 0) + 1;
  return { layout: 1, table: schema.name, number, version: diff.version, ...allowed, schema };
}
