import type { DataFile } from '@headwater/core/internal';
import type { LakeSession } from '../session/lake-engine.ts';
import type { TableScan } from './cost/scan-plan.ts';

/** The committed files of a table at one moment. */
export type FilesOf = (table: string) => readonly DataFile[];

/** The present files of the tables that a query scans; undefined when the session has no address of the lake. */
export async function scannedFiles(
  { files }: LakeSession,
  scans: readonly TableScan[],
): Promise<FilesOf | undefined> {
  if (!files) return undefined;
  const names = [...new Set(scans.map(({ table }) => table))];
  const found = new Map(await Promise.all(names.map(async (name) => [name, await files(name)] as const)));
  return (table) => found.get(table) ?? [];
}
