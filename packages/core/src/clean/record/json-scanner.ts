// The tokens of JSON (https://www.rfc-editor.org/rfc/rfc8259) in UTF-8, found byte by byte. The byte after the text has to be 0,
// so that no function looks beyond it: no token has a 0 in it.

const zero = 48;
const nine = 57;
const minus = 45;
const point = 46;
const plus = 43;

/** Whether a byte begins an exponent. */
export const isExponent = (byte: number | undefined): boolean => byte === 101 || byte === 69;

/** Passes over white space, and gives the place after it: `from` itself if there is none. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte > 32 || (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9)) return at;
    at += 1;
  }
}

/** Passes over the number at `from`, and gives the place after it; -1 if no number begins there. */
export function numberEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === minus ? from + 1 : from;
  let at = bytes[first] === zero ? first + 1 : digitsEnd(bytes, first);
  if (at !== -1 && bytes[at] === point) at = digitsEnd(bytes, at + 1);
  if (at === -1 || !isExponent(bytes[at])) return at;
  const sign = bytes[at + 1];
  return digitsEnd(bytes, sign === plus || sign === minus ? at + 2 : at + 1);
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte < zero || byte > nine) return at === from ? -1 : at;
    at += 1;
  }
}

/** Whether the bytes at a place are those of a token. */
export function startsWith(bytes: Uint8Array, token: Uint8Array, from: number): boolean {
  for (let at = 0; at < token.length; at += 1) if (bytes[from + at] !== token[at]) return false;
  return true;
}

const words = ['null', 'true', 'false'].map((word) => new TextEncoder().encode(word));

/** Passes over null, true or false at `from`, and gives the place after it; -1 for other bytes. */
export function wordEnd(bytes: Uint8Array, from: number): number {
  for (const word of words) if (startsWith(bytes, word, from)) return from + word.length;
  return -1;
}
