import { stat } from 'node:fs/promises';
import type { InputFile } from '../input/input-file.ts';
import type { LoadOptions, LoadProgress } from './load-report.ts';

/** Counts what a load has read and tells the user's listener how far it is. */
export interface ProgressReporter {
  addBytes(bytes: number): void;
  addRows(rows: number): void;
  /** Share of the inputs' bytes that were looked at, 0 to 1; 0 while that is not known. */
  readonly looked: number;
  /** @param fraction the share of the whole run that is done */
  report(phase: LoadProgress['phase'], fraction: number, source?: string): void;
}

/** A reporter for a load of these files. What cannot be measured, such as standard input, counts as nothing. */
export async function createProgressReporter(
  { onProgress }: LoadOptions,
  files: readonly InputFile[],
): Promise<ProgressReporter> {
  const sizes = await Promise.all(
    files.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  let bytes = 0;
  let rows = 0;
  return {
    addBytes(count) {
      bytes += count;
    },
    addRows(count) {
      rows += count;
    },
    get looked() {
      return totalBytes ? bytes / totalBytes : 0;
    },
    report(phase, fraction, source) {
      onProgress?.({
        phase,
        bytes,
        totalBytes,
        rows,
        fraction: Math.min(1, fraction),
        ...(source ? { source } : {}),
      });
    },
  };
}
