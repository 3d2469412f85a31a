/**
 * What a difference concerns. `values`: a clean row may have another value. `rows`: a row may be there, or be missing, contrary to the
 * definition. `accounting`: the clean rows are the same, and what became of the others is not told.
 */
export type DataBrewDifferenceEffect = 'values' | 'rows' | 'accounting';

/** Where a recipe differs from the definition, by code. Each is shown by a row in the tests. */
export const recipeDifferences = {
  'white-space': {
    affects: 'values',
    text: 'AWS does not list what is white space: U+FEFF may stay at an end, and others such as U+2003 may go',
  },
  'letter-case': {
    affects: 'values',
    text: 'LOWER_CASE changes every upper-case letter, and the definition A to Z alone',
  },
  'empty-is-missing': {
    affects: 'rows',
    text: 'A text of length zero counts as missing. Put emptyToNull() before it, and both say the same',
  },
  'whole-number': {
    affects: 'values',
    text: 'Only an ending ".0" is removed, and with it every other ".0" of the text',
  },
  'map-cycle': {
    affects: 'values',
    text: 'Some codes are values of each other, and a recipe replaces them one after the other',
  },
  'map-to-empty': {
    affects: 'values',
    text: 'A parameter cannot be empty: a code that means the empty text becomes missing',
  },
  'cast-spelling': {
    affects: 'values',
    text: 'AWS lists no spellings for its casts. Plain digits are read; of another text, such as 1.7, 1e3 or NaN, a cast may make a value that the definition rejects, or none where the definition takes one',
  },
  'negative-zero': { affects: 'values', text: 'A double keeps the sign of -0' },
  'decimal-scale': {
    affects: 'values',
    text: 'A decimal has 18 digits after the point: nothing is rounded to the scale of the column, and limits see the digits below it',
  },
  'decimal-precision': {
    affects: 'rows',
    text: 'A decimal has at most 20 digits before the point and 18 after it. A longer one is no value',
  },
  'time-spelling': {
    affects: 'rows',
    text: 'AWS lists no spellings for its times: of those that the definition takes, only YYYY-MM-DD HH:MM:SS is sure to be read, and others may be',
  },
  'time-offset': { affects: 'rows', text: 'A time with an offset such as +02:00 is no value' },
  'sub-second': { affects: 'values', text: 'A time has whole seconds' },
  'text-stays': {
    affects: 'values',
    text: 'No action reads this format: the column stays text, and limits on its value are not checked',
  },
  'bad-value-null': {
    affects: 'rows',
    text: 'A bad value becomes null, and its row stays. badValues: "remove" removes the row',
  },
  'not-checked': { affects: 'rows', text: 'No condition of a recipe can check this: a bad value stays' },
  'missing-mark': {
    affects: 'rows',
    text: 'While the column is read, the text "(missing)" stands for a missing value: a row with it stays',
  },
  'no-reason': {
    affects: 'accounting',
    text: 'The row is removed, and not quarantined: no reason, no count',
  },
  'not-counted': { affects: 'accounting', text: 'The bad value becomes null, and is not counted' },
  'not-read': {
    affects: 'values',
    text: 'The recipe does not make this column: it reads the plain fields of one file',
  },
  'other-columns': { affects: 'values', text: 'A field of the files that is no column stays in the output' },
  'duplicate-key': {
    affects: 'rows',
    text: 'Only rows that are equal in every column count as duplicates, because a recipe compares one column or all',
  },
  'duplicate-kept': { affects: 'rows', text: 'AWS does not say which of the duplicates stays' },
  'landing-only': {
    affects: 'rows',
    text: 'A run replaces the output by what is in the landing folder: the events of files that have left it are gone, and the lake keeps them',
  },
} as const satisfies Readonly<
  Record<string, { readonly affects: DataBrewDifferenceEffect; readonly text: string }>
>;

/** The code of a difference. */
export type DataBrewDifferenceCode = keyof typeof recipeDifferences;

/** The codes, for options that take one. */
export const dataBrewDifferenceCodes = Object.keys(recipeDifferences) as DataBrewDifferenceCode[];
