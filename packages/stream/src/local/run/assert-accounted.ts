import { HeadwaterError } from '@headwater/core';
import type { ArchiveCounts } from './archive.ts';

/** What a run has counted, each by another part of it. */
export interface RunAccount {
  /** By the source. */
  readonly taken: number;
  /** By the producer. */
  readonly unsent: number;
  /** By the stream, or where it cannot say so, by the consumer that archives. */
  readonly stored: number;
  /** By the consumer that archives. */
  readonly delivered: number;
  /** By the archive. */
  readonly archive: ArchiveCounts;
  /** Records among those of the archive that earlier runs sent. */
  readonly archivedBefore: number;
}

/**
 * Checks that every record that was sent is archived, quarantined or reported.
 *
 * @throws HeadwaterError STREAM_UNACCOUNTED otherwise
 */
export function assertAccounted(account: RunAccount): void {
  const { taken, unsent, stored, delivered, archivedBefore } = account;
  const { rows, duplicates, quarantined, filtered } = account.archive;
  const archived = rows + duplicates + quarantined + filtered - archivedBefore;
  // Less than was put is a loss. More are copies, which lost answers make.
  if (stored >= taken - unsent && delivered === stored && archived === stored) return;
  throw new HeadwaterError('STREAM_UNACCOUNTED', {
    ...{ taken, unsent, stored, delivered, archived, rows, duplicates, quarantined, filtered },
  });
}
