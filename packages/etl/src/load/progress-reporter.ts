import { stat } from 'node:fs/promises';
import type { InputFile } from '../input/input-file.ts';
import type { LoadProgress, WriteOptions } from '../lake/write-options.ts';

/** Counts what a load has read, and reports its progress to the user's listener. */
export interface ProgressReporter {
  addBytes(bytes: number): void;
  /** Counts bytes of inputs on S3 that were downloaded. */
  addDownloaded(bytes: number): void;
  addRows(rows: number): void;
  /** Share of the inputs' bytes that are scanned, 0 to 1; 0 when their sizes are unknown. */
  readonly scanned: number;
  /** @param fraction of the whole run that is done */
  report(phase: LoadProgress['phase'], fraction: number, source?: string): void;
  /** Reports the download of inputs. */
  reportDownload(): void;
}

/** A reporter for a load of these files. Inputs of unknown size, such as standard input, count as empty. */
export async function createProgressReporter(
  { onProgress }: WriteOptions,
  files: readonly InputFile[],
): Promise<ProgressReporter> {
  const sizes = await Promise.all(
    files.map(({ path, object }) =>
      object
        ? object.bytes
        : stat(path).then(
            ({ size }) => size,
            () => 0,
          ),
    ),
  );
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  let bytes = 0;
  const objectBytes = files.reduce((sum, { object }) => sum + (object?.bytes ?? 0), 0);
  let rows = 0;
  let downloaded = 0;
  // Inputs on S3 are read and staged in turns, and the bar does not go back.
  let done = 0;
  return {
    addBytes(count) {
      bytes += count;
    },
    addDownloaded(count) {
      downloaded += count;
    },
    addRows(count) {
      rows += count;
    },
    get scanned() {
      return totalBytes ? bytes / totalBytes : 0;
    },
    report(phase, fraction, source) {
      done = Math.max(done, Math.min(1, fraction));
      onProgress?.({ phase, bytes, totalBytes, rows, fraction: done, ...(source ? { source } : {}) });
    },
    reportDownload() {
      done = Math.max(done, (0.1 * downloaded) / (totalBytes || 1));
      onProgress?.({ phase: 'download', bytes: downloaded, totalBytes: objectBytes, rows, fraction: done });
    },
  };
}
