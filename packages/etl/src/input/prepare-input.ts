import { stat } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import { isMachineError } from '../engine/machine-error.ts';
import { contentHash } from '../lake/content-hash.ts';
import { writeErrorRecords } from './error-records.ts';
import { identifyInput } from './identify-input.ts';
import { inputError } from './input-error.ts';
import type { InputFile } from './input-file.ts';
import { assertUnchanged, type InputStamp, stampOf } from './input-stamp.ts';
import { firstBytes, type TextSource } from './line-blocks.ts';
import { CopyFailed } from './line-scan.ts';
import { prepareParquet } from './prepare-parquet.ts';
import { prepareText } from './prepare-text.ts';
import type { InspectedInput, PreparedInput, PrepareOptions } from './prepared-input.ts';
import { spoolInput } from './spool-input.ts';

/**
 * Looks an input over once: content hash, rows, layout, broken lines.
 *
 * @throws HeadwaterError `INPUT_*`, naming the input
 */
export async function prepareInput(file: InputFile, options: PrepareOptions): Promise<PreparedInput> {
  let stamped: { path: string; stamp: InputStamp } | undefined;
  const assertSame = async (): Promise<void> => {
    if (stamped) await assertUnchanged(file.source, stamped.path, stamped.stamp);
  };
  let packing: string | undefined;
  try {
    const path = await spoolInput(file, { ...options, spoolTo: `${options.copyTo}.spool` });
    const stamp = await stampOf(path);
    if (!file.isStream) stamped = { path, stamp };
    const empty = { source: file.source, ...emptyInput(path, stamp.size), assertUnchanged: assertSame };
    if (stamp.size === 0n) return empty;
    const identified = await identifyInput(file, path);
    if (identified.compression !== 'none') packing = identified.compression;
    if (identified.isEmpty) return empty;
    if (file.isErrors) {
      const inspected = await prepareErrors(file.source, { path, ...identified }, options);
      return { source: file.source, ...inspected, assertUnchanged: assertSame };
    }
    const inspected =
      identified.format === 'parquet'
        ? await prepareParquet(file.source, path, options)
        : await prepareText(file.source, path, identified, options);
    return { source: file.source, ...inspected, assertUnchanged: assertSame };
  } catch (cause) {
    if (cause instanceof CopyFailed || options.signal?.aborted) throw cause;
    // The error of a file that is being written is misleading.
    await assertSame();
    if (cause instanceof HeadwaterError || (cause instanceof Error && isMachineError(cause))) throw cause;
    throw inputError(file.source, cause, packing);
  }
}

/** Where the records of an object of errors are written. */
export const errorRecordsPath = (copyTo: string): string => `${copyTo}.records`;

/** Looks over the records in an object of errors. It is known by its own bytes, as every input is. */
async function prepareErrors(
  source: string,
  errors: TextSource,
  options: PrepareOptions,
): Promise<InspectedInput> {
  const path = errorRecordsPath(options.copyTo);
  await writeErrorRecords(errors, path, options.signal);
  const compression = 'none';
  const start = await firstBytes({ path, compression });
  const records = { format: 'jsonl', compression, start, isEmpty: start.length === 0 } as const;
  const { size } = await stat(errors.path);
  const hash = await contentHash(errors.path);
  if (records.isEmpty) return emptyInput(path, BigInt(size));
  return { ...(await prepareText(source, path, records, options)), hash, bytes: size };
}

/** A file without bytes has no rows, in every format; so has a packed one of nothing. */
const emptyInput = (path: string, size: bigint): InspectedInput => ({
  path,
  hash: '',
  bytes: Number(size),
  rows: 0,
  layout: { kind: 'empty' },
  gap: { unread: [], repeated: [], absent: [] },
});
