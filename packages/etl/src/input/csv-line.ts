import type { RejectCode } from '@headwater/core';

const SPACE = 32;
const QUOTE = 34;

/** The layout of a CSV file's lines. */
export interface CsvShape {
  /** The bytes of one character. */
  readonly delimiter: Buffer;
  /** The number of columns; undefined when unknown. Then fields are not counted. */
  readonly width?: number | undefined;
  /** A byte that replaces the delimiters inside quoted fields. It must not occur in the file. */
  readonly mask: number;
}

/** Candidates for the mask: control characters, which are rare in text. */
export const masks: readonly number[] = [
  0x1f, 0x1e, 0x1d, 0x1c, 1, 2, 3, 4, 5, 6, 7, 8, 0x0e, 0x0f, 0x10, 0x7f,
];

/** Writes the lines of one file without their quotes. */
export interface Unquoter {
  /** Fields in which the mask replaces a delimiter. */
  readonly masked: ReadonlySet<number>;
  /**
   * Writes the line from `start` to `end` of the source into the target.
   *
   * @param at the place to write to; the output is no longer than the line
   * @returns the end of the output, or why the line is rejected
   */
  write(source: Buffer, start: number, end: number, target: Buffer, at: number): number | RejectCode;
}

/**
 * Takes the quotes off lines, so that delimiters alone tell their fields apart. Quotes are those of RFC 4180
 * (https://www.rfc-editor.org/rfc/rfc4180#section-2), within one line; beyond it, spaces before an opening and after a
 * closing quote belong to no field, and a quote inside a field that does not begin with one is a character. Empty fields
 * after the last column are none: many programs end a line with delimiters.
 */
export function createUnquoter({ delimiter, width, mask }: CsvShape): Unquoter {
  const masked = new Set<number>();
  const first = delimiter[0];
  const size = delimiter.length;
  const space = first === SPACE ? -1 : SPACE;
  return {
    masked,
    write(source, start, end, target, from) {
      let at = start;
      let to = from;
      let field = 0;
      // The number of fields up to the last that holds something.
      let filled = 0;
      for (;;) {
        const fieldStart = to;
        let open = at;
        while (open < end && source[open] === space) open += 1;
        if (open < end && source[open] === QUOTE) {
          at = open + 1;
          for (;;) {
            if (at >= end) return 'unclosed_quote';
            const byte = source[at] as number;
            if (byte === QUOTE) {
              at += 1;
              if (at >= end || source[at] !== QUOTE) break;
            } else if (byte === first && (size === 1 || isAt(delimiter, source, at))) {
              masked.add(field);
              target[to++] = mask;
              at += size;
              continue;
            }
            target[to++] = byte;
            at += 1;
          }
          while (at < end && source[at] === space) at += 1;
          if (at < end && !isAt(delimiter, source, at)) return 'unclosed_quote';
        } else {
          while (at < end) {
            const byte = source[at] as number;
            if (byte === first && (size === 1 || isAt(delimiter, source, at))) break;
            target[to++] = byte;
            at += 1;
          }
        }
        field += 1;
        if (to > fieldStart) filled = field;
        if (at >= end) break;
        for (let index = 0; index < size; index += 1) target[to++] = delimiter[index] as number;
        at += size;
      }
      if (width === undefined) return to;
      if (field < width) return 'too_few_fields';
      return filled > width ? 'too_many_fields' : to;
    },
  };
}

function isAt(delimiter: Buffer, source: Buffer, at: number): boolean {
  for (let index = 0; index < delimiter.length; index += 1)
    if (source[at + index] !== delimiter[index]) return false;
  return true;
}
