const hex = '0123456789abcdef';

/** The 36 characters of the UUID whose four words are at `slot * 4`; empty text when all are zero. */
export function uuidText(words: Int32Array, slot: number): string {
  const at = slot * 4;
  if (!words[at] && !words[at + 1] && !words[at + 2] && !words[at + 3]) return '';
  let text = '';
  for (let word = 0; word < 4; word++) {
    const value = words[at + word] ?? 0;
    for (let shift = 28; shift >= 0; shift -= 4) {
      text += hex[(value >>> shift) & 15];
      // A UUID is written in groups of 8, 4, 4, 4 and 12 digits.
      if ((word === 0 && shift === 0) || (word === 1 && shift % 16 === 0) || (word === 2 && shift === 16))
        text += '-';
    }
  }
  return text;
}
