import { isUtf8 } from 'node:buffer';
import type { RejectCode } from '@headwater/core';

const CR = 13;
const QUOTE = 34;

/** Why the engine's reader must not see this line, or undefined for a good one. */
export function brokenCode(line: Buffer, delimiter: number | null): RejectCode | undefined {
  if (!isUtf8(line)) return 'not_utf8';
  if (line.includes(CR)) return 'stray_carriage_return';
  if (delimiter === null || !line.includes(QUOTE)) return undefined;
  return quotesClose(line, delimiter) ? undefined : 'unclosed_quote';
}

/** RFC 4180 quoting within one line (https://www.rfc-editor.org/rfc/rfc4180#section-2). */
function quotesClose(line: Buffer, delimiter: number): boolean {
  let at = 0;
  while (at < line.length) {
    if (line[at] === QUOTE) {
      at += 1;
      for (;;) {
        const close = line.indexOf(QUOTE, at);
        if (close === -1) return false;
        at = close + 1;
        if (line[at] !== QUOTE) break;
        at += 1;
      }
      if (at < line.length && line[at] !== delimiter) return false;
    } else {
      const next = line.indexOf(delimiter, at);
      if (next === -1) return true;
      at = next;
    }
    at += 1;
  }
  return true;
}

/** Bytes that are no UTF-8 as text: each byte above ASCII as `\xNN`, so that nothing of the line is lost. */
export function escapeBytes(line: Buffer): string {
  return line
    .toString('latin1')
    .replace(/[\x80-\xff\\]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
