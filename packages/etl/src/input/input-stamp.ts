import { stat } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';

/** What changes when a file is written. */
export interface InputStamp {
  readonly size: bigint;
  readonly modified: bigint;
  readonly file: string;
}

/** The present stamp of a file. */
export async function stampOf(path: string): Promise<InputStamp> {
  const { size, mtimeNs, dev, ino } = await stat(path, { bigint: true });
  return { size, modified: mtimeNs, file: `${dev}:${ino}` };
}

/**
 * Refuses a file that was written or replaced since it had this stamp: its parts were read at different times.
 *
 * @throws HeadwaterError `INPUT_CHANGED`
 */
export async function assertUnchanged(source: string, path: string, before: InputStamp): Promise<void> {
  const now = await stampOf(path).catch(() => undefined);
  if (now?.size === before.size && now.modified === before.modified && now.file === before.file) return;
  throw new HeadwaterError('INPUT_CHANGED', { file: source });
}
