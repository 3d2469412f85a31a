/** Two hexadecimal digits for each byte. */
const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const high = (word: number): string => `${hex[word >>> 24]}${hex[(word >>> 16) & 255]}`;
const low = (word: number): string => `${hex[(word >>> 8) & 255]}${hex[word & 255]}`;

/** The 36 characters of the UUID whose four words are at `slot * 4`. Empty text when all words are zero. */
export function uuidText(words: Int32Array, slot: number): string {
  const at = slot * 4;
  const [a, b, c, d] = [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0];
  if ((a | b | c | d) === 0) return '';
  return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`;
}
