import {
  type CleaningStep,
  type RangeBound,
  readsOwnSpelling,
  type StepOf,
} from '../../table/cleaning-step.ts';
import { type DataTypeKind, isIntegerKind } from '../../table/data-type.ts';
import type { NumberFormat } from '../../table/number-format.ts';
import type { Column } from '../../table/table-schema.ts';
import type { TimeFormat } from '../../table/time-format.ts';

const code = (text: string): string => `\`${text}\``;

/** The spellings that `parse` accepts, in words, by kind. `table/spellings.ts` has them as regular expressions. */
const parseWords: { readonly [Kind in DataTypeKind]: string } = {
  string: 'kept as text',
  enum: 'must be one of the values, letter for letter',
  boolean: 'read as true (true, t, yes, y, 1) or false (false, f, no, n, 0), in any case',
  int32: 'read as a whole number in plain digits, 32 bits',
  int64: 'read as a whole number in plain digits, 64 bits',
  double: 'read as a finite number',
  decimal: 'read as a decimal number in plain digits, rounded half away from zero',
  date: 'read as a calendar date YYYY-MM-DD',
  timestamp: 'read as YYYY-MM-DD HH:MM:SS, UTC unless an offset is given, cut off at the millisecond',
  uuid: 'read as a UUID, in lower case',
  list: 'not read from text',
  struct: 'not read from text',
  map: 'not read from text',
};

const orOf = (texts: readonly string[]): string =>
  texts.length > 1 ? `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}` : texts.join('');

const unitWords = {
  'epoch-seconds': 'seconds',
  'epoch-milliseconds': 'milliseconds',
  'epoch-microseconds': 'microseconds',
} as const;

function timeWords({ from, formats, zone }: TimeFormat): string {
  if (from) return `read as ${unitWords[from]} since 1970-01-01 00:00:00 UTC, cut off at the millisecond`;
  const read = formats ? orOf(formats.map(code)) : 'YYYY-MM-DD HH:MM:SS';
  const local = zone
    ? `in the zone ${zone} unless an offset is given; a time that the clock leaves out is read with the offset before the change, and one that occurs twice is the earlier`
    : 'UTC unless an offset is given';
  return `read as ${read}, ${local}, cut off at the millisecond`;
}

const negativeWords = {
  leading: '',
  trailing: ', a minus after a negative number',
  parentheses: ', a negative number in parentheses',
} as const;

function numberWords(format: NumberFormat, kind: DataTypeKind): string {
  const { decimal = '.', group, currency = [], negative = 'leading' } = format;
  const what = isIntegerKind(kind) ? 'whole number' : 'number';
  const groups =
    group === undefined ? '' : `, ${group === ' ' ? 'a space' : code(group)} between groups of three digits`;
  const sign = currency.length > 0 ? `, with or without ${orOf(currency.map(code))}` : '';
  return `read as a ${what} with ${code(decimal)} before its fraction${groups}${sign}${negativeWords[negative]}`;
}

function side(bound: RangeBound | undefined, within: string, beyond: string): string[] {
  return bound ? [`${bound.exclusive ? beyond : within} ${bound.value}`] : [];
}

const words: { readonly [Name in CleaningStep['step']]: (step: StepOf<Name>, column: Column) => string } = {
  trim: () => 'white space at both ends is removed',
  'lower-case': () => 'A to Z become a to z',
  'null-texts': ({ texts }) => `${orOf(texts.map(code))} becomes null`,
  'whole-number': () => 'a point with nothing but zeros after it is dropped',
  map: ({ values }) =>
    Object.entries(values)
      .map(([from, to]) => `${code(from)} becomes ${code(to)}`)
      .join(', '),
  'empty-to-null': () => 'an empty text becomes null',
  default: (step) => `a null becomes ${code(step.text)}`,
  required: () => 'a null is rejected',
  parse: ({ time, number }, column) =>
    time ? timeWords(time) : number ? numberWords(number, column.type.kind) : parseWords[column.type.kind],
  // `parse` has it: an enum must be one of its values.
  'one-of': () => '',
  range: (step) =>
    [...side(step.minimum, 'at least', 'more than'), ...side(step.maximum, 'at most', 'less than')].join(
      ', ',
    ),
  pattern: (step) => `must match ${code(step.source)}`,
  length: ({ minimum, maximum }) =>
    minimum === maximum
      ? `exactly ${minimum} characters`
      : [
          ...(minimum === undefined ? [] : [`at least ${minimum} characters`]),
          ...(maximum === undefined ? [] : [`at most ${maximum} characters`]),
        ].join(', '),
};

/** One step of a column's cleaning in words. Empty where another step has them. */
export const stepWords = (step: CleaningStep, column: Column): string =>
  (words[step.step] as (step: CleaningStep, column: Column) => string)(step, column);

/**
 * How a column's raw texts are read where that is not the usual way, in words: null texts, codes, formats, and what a bad value
 * becomes. Empty for other columns.
 */
export function readingWords(column: Column): string[] {
  return cleaningWords({ ...column, steps: column.steps.filter(readsOwnSpelling) });
}

/**
 * A column's cleaning in words, one phrase per step, in the order of the steps.
 * @example cleaningWords(price) // ['white space at both ends is removed', ..., 'at least 0']
 */
export function cleaningWords(column: Column): string[] {
  return [
    ...column.steps.map((step) => stepWords(step, column)),
    column.invalid === 'null' ? 'a value that fails a rule becomes null, and is counted' : '',
  ].filter((text) => text !== '');
}
