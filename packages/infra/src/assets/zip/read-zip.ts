import type { ZipEntry } from './zip-entry.ts';

// The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, without its extension for large files.

const marks = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 } as const;
/** The end of a zip, and the longest comment that may follow. */
const endBytes = 22;
const longestComment = 0xffff;

/**
 * The files of a zip, in its order, each as it is stored: nothing is inflated. Folders are left out.
 *
 * @returns undefined for what is no zip, or one that is too large for a plain one
 */
export function readZip(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const count = view.readUInt16LE(end + 10);
  let at = view.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    if (at + 46 > end || view.readUInt32LE(at) !== marks.central) return undefined;
    const nameBytes = view.readUInt16LE(at + 28);
    const name = view.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = view.readUInt32LE(at + 42);
    const storedBytes = view.readUInt32LE(at + 20);
    if (local + 30 > end || view.readUInt32LE(local) !== marks.local) return undefined;
    const from = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
    if (from + storedBytes > end) return undefined;
    if (!name.endsWith('/'))
      entries.push({
        name,
        method: view.readUInt16LE(at + 10),
        crc: view.readUInt32LE(at + 16),
        size: view.readUInt32LE(at + 24),
        stored: view.subarray(from, from + storedBytes),
      });
    at += 46 + nameBytes + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
  }
  return entries;
}

/** Where the end of a zip begins: the last mark, behind which only a comment may stand. */
function endOf(view: Buffer): number | undefined {
  const first = Math.max(0, view.length - endBytes - longestComment);
  for (let at = view.length - endBytes; at >= first; at -= 1)
    if (view.readUInt32LE(at) === marks.end) return at;
  return undefined;
}
