import { open } from 'node:fs/promises';
import type { DataFile } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** Bytes from the end of a file that hold its footer, for most files. */
const usualBytes = 65_536;
/** The length of the footer, and the letters PAR1: https://parquet.apache.org/docs/file-format/ */
const endBytes = 8;

/**
 * Copies the footer of a Parquet file to this machine, into a file of the same size whose other bytes are a hole. Its statistics can be
 * read, its rows cannot.
 */
export async function fetchFooter(
  store: LakeStore,
  { path, bytes }: DataFile,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  const last = async (count: number): Promise<Buffer> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of store.read(path, { first: bytes - count }, signal)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  let end = await last(Math.min(bytes, usualBytes));
  const needed = Math.min(bytes, end.readUInt32LE(end.length - endBytes) + endBytes);
  if (needed > end.length) end = await last(needed);
  const handle = await open(to, 'w');
  try {
    await handle.truncate(bytes);
    await handle.write(end, 0, end.length, bytes - end.length);
  } finally {
    await handle.close();
  }
}
