import { open } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import type { InputFile } from './input-file.ts';

const toUtf8 = 'it is UTF-16: convert it to UTF-8, as `iconv -f UTF-16 -t UTF-8` does';
const packed = (what: string, ending: string): string =>
  `it is packed with ${what}: end its name with ${ending}, or unpack it first`;

/** How files begin that are no plain text, whatever their name says. */
const beginnings: readonly (readonly [bytes: readonly number[], problem: string])[] = [
  [[0x1f, 0x8b], packed('gzip', '.gz')],
  [[0x28, 0xb5, 0x2f, 0xfd], packed('zstd', '.zst')],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'it is a ZIP archive: unpack it first (a spreadsheet is one, too: save it as CSV)',
  ],
  [[0x50, 0x41, 0x52, 0x31], 'it is Parquet: end its name with .parquet, or give --format parquet'],
  [[0xff, 0xfe], toUtf8],
  [[0xfe, 0xff], toUtf8],
];

/**
 * Refuses a file that is taken for plain text and is something else: its bytes would pass for the names of columns.
 *
 * @throws HeadwaterError `INPUT_UNREADABLE` saying what it is
 */
export async function assertPlain({ source, compression }: InputFile, path: string): Promise<void> {
  if (compression !== 'none') return;
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, null);
    const found = beginnings.find(
      ([bytes]) => bytes.length <= bytesRead && bytes.every((byte, at) => buffer[at] === byte),
    );
    if (found) throw new HeadwaterError('INPUT_UNREADABLE', { file: source, problem: found[1] });
  } finally {
    await handle.close();
  }
}
