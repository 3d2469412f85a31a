import type { DaySources, RollupEntry, StoredRollup } from '@headwater/core/internal';

const viewName = /^(.+)__\d+_\d+$/;

/** The name of the relation with the rows of a rollup, over one commit of its table and one state of the rollups. */
export const rollupView = (name: string, commit: number, state: number): string =>
  `${name}__${commit}_${state}`;

/** The rollup of such a relation. */
export const rollupOfView = (view: string): string => viewName.exec(view)?.[1] ?? view;

/** What the names of all rollups of a table, and of their relations, begin with. */
export const isRollupOf = (table: string, relation: string): boolean =>
  relation.startsWith(`${table}__rollup_`);

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
  /**
   * For an engine that reads folders: the rows of some days as SQL, which a statement takes under the name of `view`. Undefined for more
   * files than a statement can name.
   */
  relation?(days: readonly { readonly from: string; readonly to: string }[]): string | undefined;
}
