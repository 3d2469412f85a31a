import { isUtf8 } from 'node:buffer';
import type { RejectCode } from '@headwater/core';
import { escapeBytes } from '@headwater/core/internal';

/** Data that is no text: why, and what of it can be shown. */
export interface TextFault {
  readonly code: RejectCode;
  readonly raw: string;
}

/** Reads the data of records, one at a time. */
export interface TextReader {
  /** The bytes of the text that was read last, with a 0 after them. They are good until the next one. */
  readonly bytes: Uint8Array;
  /** The text of a record's data: base64 text, or bytes in UTF-8. It never throws. */
  read(data: string | Uint8Array): string | TextFault;
}

/** Loads reject longer lines too. The largest record of Kinesis has 10 MiB. */
const longestText = 1 << 24;
/** Records up to this size are read into the same memory, so that they allocate none. */
const usualSize = 1 << 16;

/** A reader of the data of records. */
export function createTextReader(): TextReader {
  const usual = Buffer.allocUnsafeSlow(usualSize);
  let bytes = usual;
  // A byte more than the text, for the 0 after it.
  const makeRoom = (size: number): void => {
    bytes = size < usualSize ? usual : Buffer.allocUnsafeSlow(size + 1);
  };

  function textOf(size: number): string | TextFault {
    const text = bytes.toString('utf8', 0, size);
    bytes[size] = 0;
    // What is not UTF-8 became U+FFFD, which may also be in the text itself.
    return text.includes('\ufffd') && !isUtf8(bytes.subarray(0, size))
      ? { code: 'not_utf8', raw: escapeBytes(bytes.subarray(0, size)) }
      : text;
  }

  function textOfBase64(data: string): string | TextFault {
    const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
    const digits = data.length - padding;
    const size = (digits * 3) >>> 2;
    if (size > longestText) return { code: 'line_too_long', raw: data };
    makeRoom(size);
    // Node skips what is no base64: then there are fewer bytes than there should be.
    const isBase64 = digits % 4 !== 1 && bytes.write(data, 0, size, 'base64') === size;
    return isBase64 ? textOf(size) : { code: 'not_base64', raw: data };
  }

  function textOfBytes(data: Uint8Array): string | TextFault {
    const { length } = data;
    if (length > longestText)
      return { code: 'line_too_long', raw: isUtf8(data) ? Buffer.from(data).toString() : escapeBytes(data) };
    makeRoom(length);
    bytes.set(data);
    return textOf(length);
  }

  return {
    get bytes() {
      return bytes;
    },
    read(data) {
      if (typeof data === 'string') return textOfBase64(data);
      return data instanceof Uint8Array ? textOfBytes(data) : { code: 'not_base64', raw: String(data) };
    },
  };
}
