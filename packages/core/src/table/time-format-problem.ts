import type { DefinitionProblem } from '../errors/definition-problem.ts';
import { type TimeField, type TimePiece, timePieces, timeTokens } from './time-format.ts';

/** The part of a time that a field belongs to: a format reads each at most once. */
const parts: Readonly<Record<TimeField, string>> = {
  year: 'year',
  short_year: 'year',
  month: 'month',
  month_name: 'month',
  day: 'day',
  hour: 'hour',
  half_hour: 'hour',
  half: 'AM or PM',
  minute: 'minute',
  second: 'second',
  fraction: 'fraction',
  utc: 'offset',
  sign: 'offset',
  offset_hour: 'offset',
  offset_minute: 'offset',
};

/** For each part, the part without which it has no meaning. */
const needs: readonly (readonly [part: string, needed: string])[] = [
  ['minute', 'hour'],
  ['second', 'minute'],
  ['fraction', 'second'],
  ['AM or PM', 'hour'],
  ['offset', 'hour'],
];

const partOf = (piece: TimePiece): string | undefined =>
  'token' in piece ? parts[timeTokens[piece.token].fields[0]] : undefined;

/** The problem of one time format. Undefined when it has one meaning on every engine. */
export function timeFormatProblem(format: string): DefinitionProblem | undefined {
  const named = `the time format "${format}"`;
  const pieces = timePieces(format);
  if ('unknown' in pieces)
    return {
      problem: `${named} has "${pieces.unknown}", which is not a token`,
      fix: `Tokens: ${Object.keys(timeTokens).join(', ')}. Put other letters in brackets, as in [at]`,
    };
  const read = pieces.flatMap((piece) => partOf(piece) ?? []);
  const twice = read.find((part, index) => read.indexOf(part) !== index);
  if (twice) return { problem: `${named} reads the ${twice} twice`, fix: 'Read each part of a time once' };
  const missing = ['year', 'month', 'day'].find((part) => !read.includes(part));
  if (missing)
    return { problem: `${named} has no ${missing}`, fix: 'A time needs a year, a month and a day' };
  for (const [part, needed] of needs)
    if (read.includes(part) && !read.includes(needed))
      return { problem: `${named} has ${part} but no ${needed}`, fix: `Add the ${needed}` };
  const isHalf = pieces.some((piece) => 'token' in piece && (piece.token === 'h' || piece.token === 'hh'));
  if (isHalf !== read.includes('AM or PM'))
    return {
      problem: `${named} has ${isHalf ? 'an hour of 12 but no AM or PM' : 'AM or PM and an hour of 24'}`,
      fix: 'Use h or hh with A, and H or HH without it',
    };
  return adjoiningProblem(named, pieces);
}

/** Where a token of one or more digits meets another, a text may be split in several ways. */
function adjoiningProblem(named: string, pieces: readonly TimePiece[]): DefinitionProblem | undefined {
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    if ('literal' in piece) {
      if (/[0-9\0]/.test(piece.literal))
        return { problem: `${named} has a digit that is no token`, fix: 'Remove the digit' };
      continue;
    }
    if (!next || 'literal' in next) continue;
    const isOpen = timeTokens[piece.token].shapes.length > 1;
    if (isOpen && /^0/.test(timeTokens[next.token].shapes[0]))
      return {
        problem: `${named} has ${next.token} directly after ${piece.token}, which has no fixed length`,
        fix: 'Put a character between the two, or use tokens with a fixed number of digits',
      };
  }
  return undefined;
}

/**
 * The problem of several formats of one column: two that read the same text as different times, as `M/D/YYYY` and `D/M/YYYY`
 * do. Which one was meant would depend on their order.
 */
export function ambiguousFormats(formats: readonly string[]): DefinitionProblem | undefined {
  const seen = new Map<string, { readonly format: string; readonly meaning: string }>();
  for (const format of formats) {
    const pieces = timePieces(format);
    if ('unknown' in pieces) continue;
    for (const { shape, meaning } of shapesOf(pieces)) {
      const other = seen.get(shape);
      if (other && other.meaning !== meaning)
        return {
          problem: `the time formats "${other.format}" and "${format}" read the same text as different times`,
          fix: 'Keep the one that the files have. If they have both, load them as tables of their own',
        };
      seen.set(shape, { format, meaning });
    }
  }
  return undefined;
}

/** Every form that a format's texts have, with the part of the time that each of its characters belongs to. */
function shapesOf(pieces: readonly TimePiece[]): { readonly shape: string; readonly meaning: string }[] {
  return pieces.reduce(
    (all, piece) => {
      const forms: readonly string[] = 'token' in piece ? timeTokens[piece.token].shapes : [piece.literal];
      const part = partOf(piece) ?? '';
      return all.flatMap(({ shape, meaning }) =>
        forms.map((form) => ({
          shape: shape + form,
          meaning: `${meaning}${part}${'|'.repeat(form.length)}`,
        })),
      );
    },
    [{ shape: '', meaning: '' }],
  );
}
