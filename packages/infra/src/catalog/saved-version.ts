import { assessSchemas, HeadwaterError, type TableSchema } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import type { SavedVersions } from '../assets/saved-versions.ts';

/**
 * The latest saved version of a table, which is what publishing publishes. The definition has to be the same: a changed one is published
 * first, with the gates of publishing.
 *
 * @throws HeadwaterError `SCHEMA_UNSAVED` where no version is saved, or the definition has changed since
 */
export function savedVersion({ folder, of }: SavedVersions, schema: TableSchema): SchemaSnapshot {
  const latest = of.get(schema.name)?.at(-1);
  if (latest && assessSchemas(latest, schema).changes.length === 0) return latest;
  const { name: table } = schema;
  throw new HeadwaterError('SCHEMA_UNSAVED', { table, folder, ...(latest ? { saved: latest.version } : {}) });
}
