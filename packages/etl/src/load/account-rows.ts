import { HeadwaterError } from '@headwater/core';
import type { ManifestInput, ManifestLookup } from '@headwater/core/internal';
import { manifestObject } from '../input/input-object.ts';
import type { StagedInput } from './load-engine.ts';
import type { InputReport } from './load-report.ts';

/**
 * Counts the rows of each input.
 *
 * @param staged the inputs that were not skipped
 * @param sourceName the source of the table that they were read as
 * @param lookups the lookups of their rows
 */
export function accountInputs(
  staged: readonly StagedInput[],
  duplicatesByInput: ReadonlyMap<number, number>,
  sourceName: string | undefined,
  lookups: readonly ManifestLookup[],
): ManifestInput[] {
  const hashes = Object.fromEntries(lookups.map(({ name, hash }) => [name, hash]));
  return staged.map((one, input) => {
    const { source, hash, bytes, object, records, rows, accepted, rejected, filtered } = one;
    // A duplicate that was in the lake already (-1) made way for a new row: the lake did not grow by that one.
    const replaced = input === 0 ? (duplicatesByInput.get(-1) ?? 0) : 0;
    const duplicates = (duplicatesByInput.get(input) ?? 0) + replaced;
    return {
      source,
      ...(sourceName === undefined ? {} : { sourceName }),
      hash,
      bytes,
      ...(object === undefined ? {} : { object: manifestObject(object) }),
      ...(records === undefined ? {} : { recordsIn: records }),
      rowsIn: rows,
      rowsOut: accepted - duplicates,
      duplicates,
      quarantined: rejected,
      ...(filtered > 0 ? { filtered } : {}),
      ...(lookups.length > 0 ? { lookups: hashes } : {}),
    };
  });
}

/**
 * Compares the rows that the engine found with those counted from the input's bytes.
 *
 * @throws HeadwaterError `ACCOUNTING_MISMATCH` when they differ
 */
export function assertStaged({ source, rows, accepted, rejected, filtered }: StagedInput): void {
  if (rows === accepted + rejected + filtered) return;
  throw new HeadwaterError('ACCOUNTING_MISMATCH', {
    file: source,
    rowsIn: rows,
    rowsOut: accepted,
    duplicates: 0,
    quarantined: rejected,
    ...(filtered > 0 ? { filtered } : {}),
  });
}

/**
 * The report of every input, in the user's order, including those whose content was loaded before.
 *
 * @param otherLookups the lookups that had another file when an input of this hash was loaded
 */
export function inputReports(
  inputs: readonly StagedInput[],
  counted: readonly ManifestInput[],
  otherLookups: (hash: string) => readonly string[],
): InputReport[] {
  const countsOf = new Map(counted.map((counts) => [counts.hash, counts]));
  return inputs.map(({ source, bytes, hash, skipped, isEmpty, gap }) => {
    const counts = skipped ? undefined : countsOf.get(hash);
    return {
      source,
      bytes,
      ...(counts?.recordsIn === undefined ? {} : { recordsIn: counts.recordsIn }),
      rowsIn: counts?.rowsIn ?? 0,
      rowsOut: counts?.rowsOut ?? 0,
      duplicates: counts?.duplicates ?? 0,
      quarantined: counts?.quarantined ?? 0,
      filtered: counts?.filtered ?? 0,
      skipped: skipped && !isEmpty,
      otherLookups: skipped && !isEmpty ? otherLookups(hash) : [],
      isEmpty,
      unread: skipped ? [] : gap.unread,
      repeated: skipped ? [] : gap.repeated,
      absent: skipped ? [] : gap.absent,
    };
  });
}
