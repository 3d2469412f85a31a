import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** Every file below a folder, of a lake or a cache. Empty where there is no folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The files whose bytes hold a text, in whatever format they are. */
export async function bytesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesBelow(folder)) if ((await readFile(file)).includes(text)) found.push(file);
  return found;
}

/**
 * The Parquet files that hold a text in some value, by the words of a reader that is not the engine's: the text as a number, as a
 * text, or within one. Values are compressed, so their bytes do not show it.
 */
export async function valuesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of await filesBelow(folder)) {
    const bytes = await readFile(path);
    if (bytes.subarray(0, 4).toString() !== 'PAR1') continue;
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file, compressors });
    if (rows.some((row) => isIn(row, text))) found.push(path);
  }
  return found;
}

function isIn(value: unknown, text: string): boolean {
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return Object.entries(value).some(([key, one]) => key.includes(text) || isIn(one, text));
  return String(value).includes(text);
}
