import type { DaySources, RollupEntry, StoredRollup } from '@headwater/core/internal';

/** A rollup as a query sees it, beside the committed files of its table. */
export interface OpenedRollup {
  readonly rollup: StoredRollup;
  /**
   * The relation with its rows. Its name says of which commit and of which state of the rollups it is, so that a query that was
   * made for one snapshot fails on another instead of answering for other rows.
   */
  readonly view: string;
  /** The entries that are valid for the committed files. */
  readonly entries: readonly RollupEntry[];
  readonly sources: DaySources;
}
