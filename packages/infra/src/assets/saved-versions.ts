import { dirname, resolve } from 'node:path';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { readSnapshots } from '@headwater/publish';
import type { PlatformConfig } from '../config/platform-config.ts';

/** The saved versions of definitions, `headwater schema save`. */
export interface SavedVersions {
  /** The folder that has them. */
  readonly folder: string;
  /** Those of each table, the latest last. None where none was saved. */
  readonly of: ReadonlyMap<string, readonly SchemaSnapshot[]>;
}

/**
 * Reads the saved versions of the tables of a config.
 *
 * @throws HeadwaterError `SNAPSHOT_INVALID`
 */
export async function savedVersions({
  tables,
  file,
  schemas = './schema',
}: PlatformConfig): Promise<SavedVersions> {
  const folder = file === undefined ? resolve(schemas) : resolve(dirname(file), schemas);
  const read = await Promise.all(
    tables.map(async ({ name }) => [name, await readSnapshots(folder, name)] as const),
  );
  return { folder, of: new Map(read) };
}
