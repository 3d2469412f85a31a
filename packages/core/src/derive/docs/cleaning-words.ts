import type { CleaningStep, RangeBound, StepOf } from '../../table/cleaning-step.ts';
import type { DataTypeKind } from '../../table/data-type.ts';
import type { Column } from '../../table/table-schema.ts';

const code = (text: string): string => `\`${text}\``;

/** The spellings that `parse` accepts, in words, by kind. `clean/spellings.ts` has them as regular expressions. */
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

function side(bound: RangeBound | undefined, within: string, beyond: string): string[] {
  return bound ? [`${bound.exclusive ? beyond : within} ${bound.value}`] : [];
}

const words: { readonly [Name in CleaningStep['step']]: (step: StepOf<Name>, column: Column) => string } = {
  trim: () => 'white space at both ends is removed',
  'lower-case': () => 'A to Z become a to z',
  'empty-to-null': () => 'an empty text becomes null',
  default: (step) => `a null becomes ${code(step.text)}`,
  required: () => 'a null is rejected',
  parse: (_step, column) => parseWords[column.type.kind],
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

/**
 * A column's cleaning in words, one phrase per step, in the order of the steps.
 * @example cleaningWords(price) // ['white space at both ends is removed', ..., 'at least 0']
 */
export function cleaningWords(column: Column): string[] {
  return column.steps
    .map((step) => (words[step.step] as (step: CleaningStep, column: Column) => string)(step, column))
    .filter((text) => text !== '');
}
