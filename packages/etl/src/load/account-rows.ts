import { HeadwaterError } from '@headwater/core';
import type { ManifestInput } from '@headwater/core/internal';
import type { PreparedInput } from '../input/prepare-input.ts';
import type { WriteRun } from '../lake/write-run.ts';
import type { StagedInput } from './duckdb/stage-input.ts';
import type { WrittenPartitions } from './duckdb/write-partitions.ts';
import type { Accounting, InputReport, LoadOptions } from './load-report.ts';

/** What became of the rows of each input. */
export function accountInputs(
  fresh: readonly PreparedInput[],
  staged: readonly StagedInput[],
  duplicatesByInput: ReadonlyMap<number, number>,
): ManifestInput[] {
  return fresh.map((item, input): ManifestInput => {
    const accepted = staged[input]?.accepted ?? 0;
    // A duplicate that was in the lake already (-1) made way for a new row: the lake did not grow by that one.
    const replaced = input === 0 ? (duplicatesByInput.get(-1) ?? 0) : 0;
    const duplicates = (duplicatesByInput.get(input) ?? 0) + replaced;
    const counts = {
      rowsIn: item.rows,
      rowsOut: accepted - duplicates,
      duplicates,
      quarantined: staged[input]?.refused ?? 0,
    };
    return { source: item.source, hash: item.hash, bytes: item.bytes, ...counts };
  });
}

/** Refuses to go on when the engine did not find the rows that were counted in the input's bytes. */
export function assertStaged(item: PreparedInput, { accepted, refused }: StagedInput): void {
  if (item.rows === accepted + refused) return;
  throw new HeadwaterError('ACCOUNTING_MISMATCH', {
    file: item.source,
    rowsIn: item.rows,
    rowsOut: accepted,
    duplicates: 0,
    quarantined: refused,
  });
}

/** What the files hold, counted by their writer, must be what the staging table says minus the duplicates. */
export function assertWritten(
  options: LoadOptions,
  run: WriteRun,
  totals: Accounting,
  written: WrittenPartitions,
): void {
  const before = run.state.files
    .filter((file) => written.removed.includes(file.path))
    .reduce((sum, file) => sum + file.rows, 0);
  const added = written.files.reduce((sum, { file }) => sum + file.rows, 0) - before;
  if (added !== totals.rowsOut)
    throw new HeadwaterError('ACCOUNTING_MISMATCH', { file: options.lake, ...totals, rowsOut: added });
}

/** Refuses to commit when a larger share of the rows was refused than the user allows. */
export function assertQuarantine(
  options: LoadOptions,
  rowsIn: number,
  quarantined: number,
  reasons: Record<string, number>,
): void {
  const { maxQuarantine } = options;
  if (maxQuarantine === undefined || quarantined <= rowsIn * maxQuarantine) return;
  throw new HeadwaterError('QUARANTINE_EXCEEDED', {
    quarantined,
    rowsIn,
    limit: `${Number((maxQuarantine * 100).toPrecision(12))}%`,
    reasons,
  });
}

/** The report of every input, in the user's order, also of those whose content was loaded before. */
export function inputReports(
  prepared: readonly PreparedInput[],
  fresh: readonly PreparedInput[],
  inputs: readonly ManifestInput[],
): InputReport[] {
  return prepared.map((item) => {
    const counts = inputs[fresh.indexOf(item)];
    const { source, bytes, gap } = item;
    return counts
      ? {
          source,
          bytes,
          rowsIn: counts.rowsIn,
          rowsOut: counts.rowsOut,
          duplicates: counts.duplicates,
          quarantined: counts.quarantined,
          skipped: false,
          ...gap,
        }
      : {
          source,
          bytes,
          rowsIn: 0,
          rowsOut: 0,
          duplicates: 0,
          quarantined: 0,
          skipped: true,
          unread: [],
          absent: [],
        };
  });
}
