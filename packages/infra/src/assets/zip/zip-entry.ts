import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file of a zip, as it is stored there. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored as it is. 8: deflated. Java reads no other one. */
  readonly method: number;
  /** The check sum of the content. */
  readonly crc: number;
  /** Bytes of the content. */
  readonly size: number;
  /** The content as it is stored. */
  readonly stored: Uint8Array;
}

/** An entry of a content. What is compressed already, such as a jar, is better stored. */
export function zipEntry(name: string, content: Uint8Array, isCompressed = false): ZipEntry {
  const shared = { name, crc: crc32(content), size: content.length };
  return isCompressed
    ? { ...shared, method: 0, stored: content }
    : { ...shared, method: 8, stored: deflateRawSync(content) };
}

/** The content of an entry. */
export const contentOf = ({ method, stored }: ZipEntry): Uint8Array =>
  method === 0 ? stored : inflateRawSync(stored);
