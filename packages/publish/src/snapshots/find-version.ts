import { HeadwaterError } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';

/**
 * Finds a version by its number, or by `major.minor.patch`.
 *
 * @param history the versions of the table, as `readSnapshots` gives them
 * @throws HeadwaterError `VERSION_UNKNOWN`
 */
export function findVersion(history: readonly SchemaSnapshot[], table: string, name: string): SchemaSnapshot {
  const found = history.find(({ number, version }) => String(number) === name || version === name);
  if (found) return found;
  const known = history.map(({ number, version }) => `${number} (${version})`);
  throw new HeadwaterError('VERSION_UNKNOWN', { table, version: name, known });
}
