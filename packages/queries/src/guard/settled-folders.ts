import type { LakeSession } from '../session/lake-engine.ts';
import type { TableScan } from './cost/scan-plan.ts';

/**
 * Whether the folders that a query scans hold the committed files and nothing else. An engine that reads folders also reads
 * files that are not committed yet, or no longer, and a cached answer from those would outlast them.
 */
export async function areFoldersSettled({
  session,
  scans,
}: {
  readonly session: LakeSession;
  readonly scans: readonly TableScan[];
}): Promise<boolean> {
  const { isSettled: isFolderSettled } = session;
  if (!isFolderSettled) return true;
  const distinct = new Map(
    scans.map(({ table, days }) => [JSON.stringify([table, days]), { table, days }] as const),
  );
  // A query does not need permission to list folders. Folders that cannot be listed count as unsettled.
  const settled = await Promise.all(
    [...distinct.values()].map(({ table, days }) => isFolderSettled(table, days).catch(() => false)),
  );
  return settled.every(Boolean);
}
