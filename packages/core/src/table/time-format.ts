/** The units of times that are counted since 1970-01-01 00:00:00 UTC. */
export const epochUnits = ['epoch-seconds', 'epoch-milliseconds', 'epoch-microseconds'] as const;

/** One of {@link epochUnits}. */
export type EpochUnit = (typeof epochUnits)[number];

/** How a timestamp column's texts are written. The `parse` step carries it. */
export interface TimeFormat {
  /** The unit of a count since 1970. Excludes the other two. */
  readonly from?: EpochUnit;
  /** Formats of {@link timeTokens}. Absent for the usual spelling, `YYYY-MM-DD HH:MM:SS`. */
  readonly formats?: readonly string[];
  /** The zone of times without an offset of their own. Absent for UTC. */
  readonly zone?: string;
}

/** The parts of a time that a format's tokens read. */
export type TimeField =
  | 'year'
  | 'short_year'
  | 'month'
  | 'month_name'
  | 'day'
  | 'hour'
  | 'half_hour'
  | 'half'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'utc'
  | 'sign'
  | 'offset_hour'
  | 'offset_minute';

/** One token of a time format: what it reads, and how the text of it looks. */
export interface TimeToken {
  /** The meaning, for people. */
  readonly meaning: string;
  /** A regular expression that every engine runs, with one group for each of `fields`. */
  readonly pattern: string;
  readonly fields: readonly TimeField[];
  /** The forms of its text: a digit is `0`, any letters that it may be are one `a`, other characters are themselves. */
  readonly shapes: readonly string[];
}

/** The months as {@link timeTokens}.MMM reads them, in order. */
export const monthNames = 'janfebmaraprmayjunjulaugsepoctnovdec';

const anyCase = (text: string): string =>
  [...text].map((letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).join('');
const months = (monthNames.match(/.{3}/g) ?? []).map(anyCase).join('|');

const digits = (field: TimeField, meaning: string, pattern: string, shapes: string[]): TimeToken => ({
  meaning,
  pattern: `(${pattern})`,
  fields: [field],
  shapes,
});

/** The tokens of time formats: a closed set. A letter that is not among them has to be in brackets, as in `[at]`. */
export const timeTokens = {
  YYYY: digits('year', 'the year, four digits', '[0-9]{4}', ['0000']),
  YY: digits('short_year', 'the year from 2000 to 2099, two digits', '[0-9]{2}', ['00']),
  MMM: digits('month_name', 'the month as Jan to Dec, in any case', months, ['a']),
  MM: digits('month', 'the month, two digits', '0[1-9]|1[0-2]', ['00']),
  M: digits('month', 'the month, one or two digits', '0?[1-9]|1[0-2]', ['0', '00']),
  DD: digits('day', 'the day of the month, two digits', '0[1-9]|[12][0-9]|3[01]', ['00']),
  D: digits('day', 'the day of the month, one or two digits', '0?[1-9]|[12][0-9]|3[01]', ['0', '00']),
  HH: digits('hour', 'the hour from 00 to 23, two digits', '[01][0-9]|2[0-3]', ['00']),
  H: digits('hour', 'the hour from 0 to 23, one or two digits', '[01]?[0-9]|2[0-3]', ['0', '00']),
  hh: digits('half_hour', 'the hour from 01 to 12, two digits; needs A', '0[1-9]|1[0-2]', ['00']),
  h: digits('half_hour', 'the hour from 1 to 12, one or two digits; needs A', '0?[1-9]|1[0-2]', ['0', '00']),
  A: digits('half', 'AM or PM, in any case', '[AaPp][Mm]', ['a']),
  mm: digits('minute', 'the minute, two digits', '[0-5][0-9]', ['00']),
  ss: digits('second', 'the second, two digits', '[0-5][0-9]', ['00']),
  SSS: digits('fraction', 'the milliseconds, three digits', '[0-9]{3}', ['000']),
  S: digits(
    'fraction',
    'the fraction of the second, one to nine digits, cut off at the millisecond',
    '[0-9]{1,9}',
    Array.from({ length: 9 }, (_, index) => '0'.repeat(index + 1)),
  ),
  Z: {
    meaning: 'the offset: Z, UTC, GMT, +01, +0100 or +01:00',
    pattern: '(?:(Z|UTC|GMT)|([+-])(0[0-9]|1[0-4])(?::?([0-5][0-9]))?)',
    fields: ['utc', 'sign', 'offset_hour', 'offset_minute'],
    shapes: ['a', '+00', '+0000', '+00:00', '-00', '-0000', '-00:00'],
  },
} as const satisfies Readonly<Record<string, TimeToken>>;

/** A piece of a format: a token, or characters that the text has as they are. */
export type TimePiece = { readonly token: keyof typeof timeTokens } | { readonly literal: string };

/**
 * Splits a time format into its tokens and the characters between them.
 *
 * @returns the letters that are no token, if there are any
 * @example timePieces('M/D/YYYY') // [{ token: 'M' }, { literal: '/' }, { token: 'D' }, { literal: '/' }, { token: 'YYYY' }]
 */
export function timePieces(format: string): readonly TimePiece[] | { readonly unknown: string } {
  const pieces: TimePiece[] = [];
  for (const [text, bracketed] of format.matchAll(/\[([^[\]]*)\]|([A-Za-z])\2*|[\s\S]/gu)) {
    if (bracketed !== undefined) pieces.push({ literal: bracketed });
    else if (Object.hasOwn(timeTokens, text)) pieces.push({ token: text as keyof typeof timeTokens });
    else if (/^[A-Za-z[\]]/.test(text)) return { unknown: text };
    else pieces.push({ literal: text });
  }
  return pieces;
}
