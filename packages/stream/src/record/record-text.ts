import { isUtf8 } from 'node:buffer';
import type { RejectCode } from '@headwater/core';
import { escapeBytes } from '@headwater/core/internal';

/** Data that is no text: why, and what of it can be shown. */
export interface TextFault {
  readonly code: RejectCode;
  readonly raw: string;
}

/** Loads reject longer lines too. The largest record of Kinesis has 10 MiB. */
const longestText = 1 << 24;

/** Holds the bytes of one record at a time, so that most records allocate none. */
const scratch = Buffer.allocUnsafeSlow(1 << 16);

/** The text of a record's data: base64 text, or bytes in UTF-8. It never throws. */
export function recordText(data: string | Uint8Array): string | TextFault {
  if (typeof data === 'string') return textOfBase64(data);
  return ArrayBuffer.isView(data)
    ? textOfBytes(Buffer.from(data.buffer, data.byteOffset, data.byteLength))
    : { code: 'not_base64', raw: String(data) };
}

function textOfBase64(data: string): string | TextFault {
  const { length } = data;
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  // Node skips what is no base64: then there are fewer bytes than there should be.
  const expected = ((length - padding) * 3) >>> 2;
  if (expected > longestText) return { code: 'line_too_long', raw: data };
  const bytes = length <= scratch.length ? scratch : Buffer.allocUnsafe(expected);
  const written = bytes.write(data, 'base64');
  if (written !== expected || (length - padding) % 4 === 1) return { code: 'not_base64', raw: data };
  const text = bytes.toString('utf8', 0, written);
  return text.includes('\ufffd') ? textOfBytes(bytes.subarray(0, written)) : text;
}

function textOfBytes(bytes: Buffer): string | TextFault {
  if (!isUtf8(bytes))
    return { code: bytes.length > longestText ? 'line_too_long' : 'not_utf8', raw: escapeBytes(bytes) };
  const text = bytes.toString();
  return bytes.length > longestText ? { code: 'line_too_long', raw: text } : text;
}
