import { basename, dirname } from 'node:path';
import { readLakeState } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** Counts of archived records: `records = rows + duplicates + quarantined + filtered`, where each record is one row. */
export interface ArchiveCounts {
  readonly records: number;
  readonly rows: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly filtered: number;
}

/** Nothing. */
export const noCounts: ArchiveCounts = { records: 0, rows: 0, duplicates: 0, quarantined: 0, filtered: 0 };

/** The sum of two counts. */
export const sumCounts = (one: ArchiveCounts, other: ArchiveCounts): ArchiveCounts => ({
  records: one.records + other.records,
  rows: one.rows + other.rows,
  duplicates: one.duplicates + other.duplicates,
  quarantined: one.quarantined + other.quarantined,
  filtered: one.filtered + other.filtered,
});

/** The counts of one input, as a manifest and the report of a load have them. */
export interface CountedInput {
  /** Where a table has a row per element of a list. */
  readonly recordsIn?: number | undefined;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly filtered?: number | undefined;
}

/** The counts of an input in records. */
export const countsOf = (input: CountedInput): ArchiveCounts => ({
  records: input.recordsIn ?? input.rowsIn,
  rows: input.rowsOut,
  duplicates: input.duplicates,
  quarantined: input.quarantined,
  filtered: input.filtered ?? 0,
});

/** What a lake has of the files of a landing folder. */
export interface ArchivedInputs {
  /** Whether the lake has no commit of the table. */
  readonly isEmpty: boolean;
  readonly names: ReadonlySet<string>;
  readonly counts: ArchiveCounts;
}

/**
 * Reads from the lake's manifests which files of a landing folder were loaded. A run may have died after the commit and before it
 * recorded its position.
 *
 * @param folder the landing folder, as loads named it
 */
export async function archivedInputs(
  store: LakeStore,
  table: string,
  folder: string,
): Promise<ArchivedInputs> {
  const { sequence, inputs } = await readLakeState(store, table);
  const own = [...inputs.values()].filter(({ source }) => dirname(source) === folder);
  const counts = own.map(countsOf).reduce(sumCounts, noCounts);
  return { isEmpty: sequence === 0, names: new Set(own.map(({ source }) => basename(source))), counts };
}
