import { type FileColumn, isReadFromFile, memberNames } from '../../table/file-schema.ts';
import { isExponent, numberEnd, skipSpace, startsWith, wordEnd } from './json-scanner.ts';
import { plainDigits } from './plain-digits.ts';

/** The text of a record, and where the raw texts of columns are in it. One object is filled for each record. */
export interface FlatRecord {
  text: string;
  /** The text in UTF-8. The byte after it is 0. */
  bytes: Uint8Array;
  /** The place of each column's first byte; -1 for one whose text is in `others`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The same places in the text. */
  readonly textStarts: Int32Array;
  readonly textEnds: Int32Array;
  /** Texts that do not stand in the record as they are, and null for missing ones. */
  readonly others: (string | null)[];
}

/** A record of a table with so many columns. */
export const emptyRecord = (columns: number): FlatRecord => ({
  ...{ text: '', bytes: new Uint8Array(1) },
  ...{ starts: new Int32Array(columns), ends: new Int32Array(columns) },
  ...{ textStarts: new Int32Array(columns), textEnds: new Int32Array(columns) },
  others: Array.from({ length: columns }, () => null),
});

/** The raw text of a column; null where it is missing. */
export const flatText = (record: FlatRecord, column: number): string | null =>
  record.starts[column] === -1
    ? (record.others[column] as string | null)
    : record.text.slice(record.textStarts[column], record.textEnds[column]);

/** A member that an object had. */
interface Member {
  /** Its name with quotes, in UTF-8. */
  readonly token: Uint8Array;
  /** By how much the token is shorter as a text. */
  readonly shift: number;
  /** The place of its column; -1 for a member that is not read. */
  readonly column: number;
}

const quote = 34;
const backslash = 92;
const open = 123;
const close = 125;
const openList = 91;
const closeList = 93;
const colon = 58;
const comma = 44;
const minus = 45;

const utf8 = new TextEncoder();

/** Deeper values are left to the reader of any JSON. */
const deepest = 64;

/** 1 for each byte that is a character of a string by itself. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 32 && byte < 0x80 && byte !== quote && byte !== backslash ? 1 : 0,
);

/** Names beyond the columns' that are remembered. Objects with ever new names are read all the same. */
const mostUnread = 500;

/**
 * Compiles the columns of a table without paths to a reader of objects that have a scalar for each of them, as most streams and
 * exports do. It makes no tree of values, and expects the members of an object in the order of the one before it.
 *
 * The reader gives false for a text in which a column has another value, with the name of a column twice, or with anything beyond RFC 8259: `readJson`
 * has to decide what that is. The compiler gives undefined where two columns are read from one member.
 */
export function createFlatReader(
  columns: readonly FileColumn[],
): ((record: FlatRecord) => boolean) | undefined {
  const members = new Map<string, Member>();
  const memberNamed = (name: string, column: number): Member => {
    const token = utf8.encode(`"${name}"`);
    return { token, shift: token.length - name.length - 2, column };
  };
  for (const [place, column] of columns.entries()) {
    for (const name of isReadFromFile(column) ? memberNames(column) : []) {
      if (members.has(name)) return undefined;
      members.set(name, memberNamed(name, place));
    }
  }
  const constants = columns.map(({ constant }) => constant ?? null);
  const isDecimal = columns.map(({ type }) => type.kind === 'decimal');
  // The number of the record that last had each column: cheaper than marks to be removed.
  const seen = new Float64Array(columns.length);
  const expected: Member[] = [];
  let number = 0;
  let unread = 0;
  // Of the record that is read: its text, and by how much a place in the text is less than in the bytes.
  let text = '';
  let shift = 0;
  // Whether the string that was read last has escapes.
  let hasEscapes = false;

  function memberOf(name: string): Member {
    const known = members.get(name);
    if (known) return known;
    const member = memberNamed(name, -1);
    unread += 1;
    if (unread <= mostUnread) members.set(name, member);
    return member;
  }

  /**
   * Finds the quote that closes the string whose first byte is at `from`. It sets `hasEscapes`, and brings `shift` up to the
   * quote. Gives -1 for a string that no quote closes, or that has a control character.
   */
  function stringEnd(bytes: Uint8Array, from: number): number {
    hasEscapes = false;
    for (let at = from; ; at += 1) {
      while (isPlain[bytes[at] as number] === 1) at += 1;
      const byte = bytes[at] as number;
      if (byte === quote) return at;
      if (byte < 32) return -1;
      if (byte === backslash) {
        hasEscapes = true;
        at += 1;
        if (bytes[at] === 0) return -1;
      } else {
        // A character is one or two units of a text: two bytes or three are one, four are two.
        if (byte < 0xc0) shift += 1;
        else if (byte >= 0xf0) shift -= 1;
      }
    }
  }

  /** The value of a string with escapes, whose quotes are at these places of the text; undefined for one that no text can have. */
  function unescaped(from: number, to: number): string | undefined {
    try {
      const value: string = JSON.parse(text.slice(from, to + 1));
      return value.isWellFormed() ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** Passes over the JSON value at `from`, and gives the place after it; -1 for other bytes, and for a value that is nested too deep. */
  function valueEnd(bytes: Uint8Array, from: number, depth: number): number {
    const first = bytes[from] as number;
    if (first === quote) {
      const start = from - shift;
      const end = stringEnd(bytes, from + 1);
      if (end === -1 || (hasEscapes && unescaped(start, end - shift) === undefined)) return -1;
      return end + 1;
    }
    if (first === minus || (first >= 48 && first <= 57)) return numberEnd(bytes, from);
    if (first !== open && first !== openList) return wordEnd(bytes, from);
    if (depth === deepest) return -1;
    const last = first === open ? close : closeList;
    let at = skipSpace(bytes, from + 1);
    if (bytes[at] === last) return at + 1;
    for (;;) {
      if (first === open) {
        at = bytes[at] === quote ? valueEnd(bytes, at, depth) : -1;
        if (at === -1) return -1;
        at = skipSpace(bytes, at);
        if (bytes[at] !== colon) return -1;
        at = skipSpace(bytes, at + 1);
      }
      at = valueEnd(bytes, at, depth + 1);
      if (at === -1) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] === last) return at + 1;
      if (bytes[at] !== comma) return -1;
      at = skipSpace(bytes, at + 1);
    }
  }

  /** Reads the value of a column, and gives the place after it; -1 where it is not read. */
  function readValue(record: FlatRecord, column: number, from: number): number {
    if (seen[column] === number) return -1;
    seen[column] = number;
    const { bytes, starts, ends, textStarts, textEnds, others } = record;
    const first = bytes[from] as number;
    if (first === quote) {
      const textStart = from + 1 - shift;
      const end = stringEnd(bytes, from + 1);
      if (end === -1) return -1;
      if (hasEscapes) {
        const value = unescaped(textStart - 1, end - shift);
        if (value === undefined) return -1;
        starts[column] = -1;
        others[column] = value;
      } else {
        starts[column] = from + 1;
        ends[column] = end;
        textStarts[column] = textStart;
        textEnds[column] = end - shift;
      }
      return end + 1;
    }
    if (first === minus || (first >= 48 && first <= 57)) {
      const end = numberEnd(bytes, from);
      if (end === -1) return -1;
      starts[column] = from;
      ends[column] = end;
      textStarts[column] = from - shift;
      textEnds[column] = end - shift;
      if (isDecimal[column] && hasExponent(bytes, from, end)) {
        starts[column] = -1;
        others[column] = plainDigits(text.slice(from - shift, end - shift));
      }
      return end;
    }
    const end = wordEnd(bytes, from);
    if (end === -1) return -1;
    starts[column] = -1;
    others[column] = first === 110 ? null : first === 116 ? 'true' : 'false';
    return end;
  }

  return (record) => {
    const { bytes } = record;
    text = record.text;
    number += 1;
    shift = 0;
    if (bytes[0] !== open) return false;
    let at = skipSpace(bytes, 1);
    if (bytes[at] === close) at += 1;
    else
      for (let place = 0; ; place += 1) {
        let member = expected[place];
        if (member !== undefined && startsWith(bytes, member.token, at)) {
          at += member.token.length;
          shift += member.shift;
        } else {
          if (bytes[at] !== quote) return false;
          const from = at + 1 - shift;
          const end = stringEnd(bytes, at + 1);
          if (end === -1 || hasEscapes) return false;
          member = memberOf(text.slice(from, end - shift));
          if (place < mostUnread) expected[place] = member;
          at = end + 1;
        }
        if (bytes[at] !== colon) at = skipSpace(bytes, at);
        if (bytes[at] !== colon) return false;
        at += 1;
        if ((bytes[at] as number) <= 32) at = skipSpace(bytes, at);
        at = member.column === -1 ? valueEnd(bytes, at, 0) : readValue(record, member.column, at);
        if (at === -1) return false;
        if ((bytes[at] as number) <= 32) at = skipSpace(bytes, at);
        const after = bytes[at];
        at += 1;
        if (after === close) break;
        if (after !== comma) return false;
        if ((bytes[at] as number) <= 32) at = skipSpace(bytes, at);
      }
    if (skipSpace(bytes, at) - shift !== text.length) return false;
    const { starts, others } = record;
    for (let column = 0; column < constants.length; column += 1)
      if (seen[column] !== number) {
        starts[column] = -1;
        others[column] = constants[column] ?? null;
      }
    return true;
  };
}

function hasExponent(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isExponent(bytes[at])) return true;
  return false;
}
