import { stat } from 'node:fs/promises';
import type { InputFile } from '../input/input-file.ts';
import type { LoadProgress, WriteOptions } from '../lake/write-options.ts';

/** Counts what a load has read, and reports its progress to the user's listener. */
export interface ProgressReporter {
  addBytes(bytes: number): void;
  addRows(rows: number): void;
  /** Share of the inputs' bytes that are scanned, 0 to 1; 0 when their sizes are unknown. */
  readonly scanned: number;
  /** @param fraction of the whole run that is done */
  report(phase: LoadProgress['phase'], fraction: number, source?: string): void;
}

/** A reporter for a load of these files. Inputs of unknown size, such as standard input, count as empty. */
export async function createProgressReporter(
  { onProgress }: WriteOptions,
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
    get scanned() {
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
