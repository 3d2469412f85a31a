import { manifestFolder } from '@headwater/core';

/** Where a run puts everything that is not committed yet; the next run removes what a dead run left here. */
export const stagingFolder = (table: string, runId?: string): string =>
  `${manifestFolder(table)}/staging${runId ? `/${runId}` : ''}`;

/** The file whose lock keeps a second writer out. */
export const lockFile = (table: string): string => `${manifestFolder(table)}/write.lock`;
