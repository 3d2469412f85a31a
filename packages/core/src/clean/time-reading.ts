import { escapePattern } from '../table/escape-pattern.ts';
import { spellings } from '../table/spellings.ts';
import { type TimeField, type TimeFormat, timePieces, timeTokens } from '../table/time-format.ts';

/** One way in which a time may be written: the whole text, with a group for each field. */
export interface TimeReading {
  readonly pattern: string;
  /** The fields of the groups, in order. A group that is not in the text is empty. */
  readonly fields: readonly TimeField[];
}

/** The usual spelling, `YYYY-MM-DD HH:MM:SS`, with a fraction and an offset where the text has them. */
const usual: TimeReading = {
  pattern: spellings.zonedTimestamp,
  fields: [
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'fraction',
    'utc',
    'sign',
    'offset_hour',
    'offset_minute',
  ],
};

/** The ways in which the times of a format are written, in the order in which they are tried. */
export function timeReadings({ formats }: TimeFormat): readonly TimeReading[] {
  return formats ? formats.map(readingOf) : [usual];
}

function readingOf(format: string): TimeReading {
  const pieces = timePieces(format);
  // `defineEvents` rejected such a format.
  if ('unknown' in pieces) throw new Error(`unknown token ${pieces.unknown} in ${format}`);
  return {
    pattern: pieces
      .map((piece) => ('token' in piece ? timeTokens[piece.token].pattern : escapePattern(piece.literal)))
      .join(''),
    fields: pieces.flatMap((piece) => ('token' in piece ? timeTokens[piece.token].fields : [])),
  };
}
