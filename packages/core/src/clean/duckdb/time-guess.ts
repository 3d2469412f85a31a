import { type TimeFormat, timePieces, type timeTokens } from '../../table/time-format.ts';
import type { LocalOffset } from '../../time-zone/local-offsets.ts';
import { quoteText } from '../../types/duckdb-type.ts';
import { canonicalInstant } from './canonical-instant.ts';
import type { DuckdbValueReader } from './duckdb-value-reader.ts';

type Guess = NonNullable<DuckdbValueReader['guess']>;

/**
 * How DuckDB writes what a token reads (https://duckdb.org/docs/stable/sql/functions/dateformat). Tokens without an entry have
 * several spellings, or are printed in another century.
 */
const specifiers: { readonly [Token in keyof typeof timeTokens]?: string } = {
  YYYY: '%Y',
  MMM: '%b',
  MM: '%m',
  M: '%-m',
  DD: '%d',
  D: '%-d',
  HH: '%H',
  H: '%-H',
  hh: '%I',
  h: '%-I',
  A: '%p',
  mm: '%M',
  ss: '%S',
  SSS: '%g',
};

/**
 * A quick guess at written times: DuckDB reads the first format, and the guess is proven when DuckDB writes the time back as the
 * same text. The offset of the zone is then looked up. Undefined where no guess is possible.
 */
export function timeGuess({ formats }: TimeFormat, offsets: readonly LocalOffset[]): Guess | undefined {
  const local = (guess: string): string =>
    searchOffset(
      offsets,
      ({ offset }) => localAt(guess, offset),
      (from) => `${guess} < ${instantText(from)}`,
    );
  if (!formats)
    return {
      value: (raw) => `TRY_CAST(${raw} AS TIMESTAMP)`,
      proof: canonicalInstant,
      // The other lengths have an offset of their own.
      result: (raw, guess) => `CASE WHEN strlen(${raw}) = 19 THEN ${local(guess)} ELSE ${guess} END`,
    };
  const pattern = strftimePattern(formats[0] ?? '');
  if (pattern === undefined) return undefined;
  return {
    value: (raw) => `TRY_STRPTIME(${raw}, ${quoteText(pattern)})`,
    proof: (raw, guess) =>
      `strftime(${guess}, ${quoteText(pattern)}) = ${raw} AND ${guess} >= TIMESTAMP '0001-01-01 00:00:00'`,
    result: (_raw, guess) => local(guess),
  };
}

const localAt = (local: string, offset: number | undefined): string =>
  offset === undefined ? 'NULL' : offset === 0 ? local : `${local} - to_milliseconds(${offset})`;

const instantText = (from: number): string =>
  `TIMESTAMP ${quoteText(new Date(from).toISOString().replace('T', ' ').replace('Z', ''))}`;

function strftimePattern(format: string): string | undefined {
  const pieces = timePieces(format);
  if ('unknown' in pieces) return undefined;
  const written = pieces.map((piece) =>
    'token' in piece ? specifiers[piece.token] : piece.literal.replaceAll('%', '%%'),
  );
  return written.every((text) => text !== undefined) ? written.join('') : undefined;
}

/**
 * SQL that searches a zone's literal offsets for that of a local time: one comparison for each halving.
 *
 * @param at SQL for a local time with this offset
 * @param isBefore SQL for whether the local time is before this one
 */
export function searchOffset(
  offsets: readonly LocalOffset[],
  at: (offset: LocalOffset) => string,
  isBefore: (from: number) => string,
): string {
  const [only] = offsets;
  if (!only) throw new Error('a zone has an offset');
  if (offsets.length === 1) return at(only);
  const middle = offsets.length >> 1;
  const later = offsets.slice(middle);
  return `CASE WHEN ${isBefore(later[0]?.from ?? 0)} THEN ${searchOffset(offsets.slice(0, middle), at, isBefore)} ELSE ${searchOffset(later, at, isBefore)} END`;
}
