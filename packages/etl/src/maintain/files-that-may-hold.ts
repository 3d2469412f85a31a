import { rm, stat } from 'node:fs/promises';
import { type DataFile, inParallel } from '@headwater/core/internal';
import { fetchFooter } from '../lake/fetch-footer.ts';
import type { WriteRun } from '../lake/write-run.ts';
import type { ActorEraser } from '../load/load-engine.ts';

/** Footers that are read at the same time: each is a small request. */
const parallelFooters = 16;

/**
 * Of files of a lake on S3, those that have to be downloaded for a search: by the statistics in their footers, their rows may be of the
 * actors. Files that are on this machine already are among them.
 */
export async function filesThatMayHold(
  run: Pick<WriteRun, 'store' | 'staged' | 'localPath' | 'options'>,
  eraser: ActorEraser,
  files: readonly DataFile[],
): Promise<readonly DataFile[]> {
  const { store, staged, localPath, options } = run;
  const footers = new Map<DataFile, string>();
  await inParallel(files, parallelFooters, async (file) => {
    options.signal?.throwIfAborted();
    const isHere = await stat(localPath(file)).then(
      ({ size }) => size === file.bytes,
      () => false,
    );
    if (isHere) return;
    const path = staged(`footer-${file.hash}.parquet`);
    await fetchFooter(store, file, path, options.signal);
    footers.set(file, path);
  });
  const ruledOut = await eraser.ruledOut(footers);
  for (const path of footers.values()) await rm(path, { force: true });
  return files.filter((file) => !ruledOut.has(file));
}
