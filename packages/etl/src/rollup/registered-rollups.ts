import type { RollupState, StoredRollup } from '@headwater/core/internal';
import type { RollupCatalog } from './rollup-source.ts';

/**
 * The rollups with the database that has their tables. A table stays right while the columns do; others are registered now, if there is a
 * catalog. The tables come before the commit, so that no state names a table that was never made.
 */
export async function registeredRollups(
  rollups: readonly StoredRollup[],
  former: RollupState | undefined,
  catalog: RollupCatalog | undefined,
): Promise<StoredRollup[]> {
  const databaseOf = ({ name, columns }: StoredRollup): string | undefined => {
    const before = former?.rollups.find((one) => one.name === name);
    return before && JSON.stringify(before.columns) === JSON.stringify(columns) ? before.database : undefined;
  };
  const isKept = ({ entries }: StoredRollup): boolean => entries.length > 0;
  const stale = catalog ? rollups.filter((one) => isKept(one) && databaseOf(one) !== catalog.database) : [];
  if (stale.length > 0) await catalog?.register(stale);
  return rollups.map((one) => {
    const { database: _, ...rollup } = one;
    const database = stale.includes(one) ? catalog?.database : isKept(one) ? databaseOf(one) : undefined;
    return database === undefined ? rollup : { ...rollup, database };
  });
}
