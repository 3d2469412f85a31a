import type { SchemaSnapshot } from '@headwater/core/internal';
import { readSnapshots } from '@headwater/publish';
import type { PlatformConfig } from '../config/platform-config.ts';
import { besideConfig } from './beside-config.ts';

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
export async function savedVersions(config: PlatformConfig): Promise<SavedVersions> {
  const folder = besideConfig(config, config.schemas ?? './schema');
  const read = await Promise.all(
    config.tables.map(async ({ name }) => [name, await readSnapshots(folder, name)] as const),
  );
  return { folder, of: new Map(read) };
}
