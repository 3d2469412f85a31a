import type { StreamRecord } from '@headwater/stream';

const LF = 10;
const CR = 13;
const SPACE = 32;

/** A record without bytes still is a row that is rejected, where a blank line would be none. */
const emptyText = Buffer.from('""');

/**
 * A record as a line of JSON Lines, without its end. Line ends within a record become spaces: in JSON they can only be white space between
 * values, and in anything else the text stays readable. Other bytes stay as they are.
 */
export function recordLine({ data }: Pick<StreamRecord, 'data'>): Uint8Array {
  const bytes =
    typeof data === 'string'
      ? Buffer.from(data, 'base64')
      : Buffer.from(data.buffer, data.byteOffset, data.length);
  if (bytes.length === 0) return emptyText;
  if (!bytes.includes(LF) && !bytes.includes(CR)) return bytes;
  return Buffer.from(bytes).map((byte) => (byte === LF || byte === CR ? SPACE : byte));
}
