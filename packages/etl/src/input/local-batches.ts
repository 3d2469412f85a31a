import { rm } from 'node:fs/promises';
import { inParallel } from '@headwater/core/internal';
import type { LakeTarget, S3Objects } from '@headwater/storage';
import { type DownloadOptions, downloadObject } from './download-object.ts';
import type { InputFile } from './input-file.ts';
import { type InputObject, openBuckets } from './input-object.ts';

/** At most this many objects and bytes are downloaded at a time, or one larger object; while they are read, the next ones follow. */
const batchObjects = 64;
const batchBytes = 512 * 1024 * 1024;
const parallelDownloads = 16;

/** Some of the inputs, in order. All of them are on this machine. */
export interface LocalBatch {
  /** The position of the first one among all inputs. */
  readonly first: number;
  readonly files: readonly InputFile[];
}

export interface BatchOptions {
  /** The path for the download of the input at a position. */
  readonly to: (position: number) => string;
  /** Where the lake's tables are on AWS: its region, for objects in the lake's bucket. */
  readonly aws?: LakeTarget | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @param isAwaited whether the load waits for these bytes */
  readonly onBytes?: ((bytes: number, isAwaited: boolean) => void) | undefined;
}

/**
 * Gives inputs in batches for which there is space: those on S3 are downloaded, the next batch while the present one is used. A
 * download is removed when its batch was used. Inputs of this machine alone are one batch.
 */
export async function* localBatches(
  files: readonly InputFile[],
  { to, aws, signal: given, onBytes }: BatchOptions,
): AsyncGenerator<LocalBatch, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(given ? [given] : [])]);
  const bucketOf = openBuckets(aws);
  let awaited: LocalBatch | undefined;
  const bring = async (batch: LocalBatch): Promise<LocalBatch> => {
    const files = await downloadAll(batch.files, bucketOf, {
      signal,
      to: (index) => to(batch.first + index),
      onBytes: (bytes) => onBytes?.(bytes, awaited === batch),
    });
    return { ...batch, files };
  };
  const batches = batchesOf(files).values();
  const begin = (): { batch: LocalBatch; local: Promise<LocalBatch> } | undefined => {
    const { value: batch } = batches.next();
    if (!batch) return undefined;
    const local = bring(batch);
    // It is awaited in its turn.
    local.catch(() => undefined);
    return { batch, local };
  };
  let next = begin();
  try {
    while (next) {
      awaited = next.batch;
      const present = await next.local;
      awaited = undefined;
      next = begin();
      yield present;
      for (const [index, { object }] of present.files.entries())
        if (object) await rm(to(present.first + index), { force: true });
    }
  } finally {
    stop.abort();
    await next?.local.catch(() => undefined);
  }
}

/** All inputs at once, for an engine that reads them together. There must be space for all that are on S3. */
export const localInputs = (
  files: readonly InputFile[],
  { to, aws, signal, onBytes }: BatchOptions,
): Promise<InputFile[]> =>
  downloadAll(files, openBuckets(aws), { to, signal, onBytes: (bytes) => onBytes?.(bytes, true) });

/** Gives files of this machine as they are, and downloads the others. */
function downloadAll(
  files: readonly InputFile[],
  bucketOf: (bucket: string) => S3Objects,
  { to, ...options }: DownloadOptions & Pick<BatchOptions, 'to'>,
): Promise<InputFile[]> {
  return inParallel([...files.entries()], parallelDownloads, async ([index, file]) =>
    isObject(file) ? downloadObject(bucketOf(file.object.bucket), file, to(index), options) : file,
  );
}

const isObject = (file: InputFile): file is InputFile & { object: InputObject } => file.object !== undefined;

function batchesOf(files: readonly InputFile[]): LocalBatch[] {
  const batches: { first: number; files: InputFile[] }[] = [];
  let objects = 0;
  let bytes = 0;
  for (const [position, file] of files.entries()) {
    objects += file.object ? 1 : 0;
    bytes += file.object?.bytes ?? 0;
    const last = batches.at(-1);
    const isFull = file.object && (objects > batchObjects || (bytes > batchBytes && objects > 1));
    if (last && !isFull) {
      last.files.push(file);
      continue;
    }
    batches.push({ first: position, files: [file] });
    objects = file.object ? 1 : 0;
    bytes = file.object?.bytes ?? 0;
  }
  return batches;
}
