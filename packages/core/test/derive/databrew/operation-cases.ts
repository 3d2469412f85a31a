import type { DataBrewOperation } from '../../../src/index.ts';
import type { RecipeStep } from './recipe-sql.ts';
import type { TextRow } from './run-recipe.ts';

/** What one operation makes of a few rows: the rows that stay, with their place. */
export interface OperationCase {
  readonly steps: readonly RecipeStep[];
  readonly rows: readonly TextRow[];
  readonly gives: readonly (readonly [row: number, values: TextRow])[];
}

const step = (
  Operation: string,
  Parameters: Readonly<Record<string, string>>,
  ...conditions: readonly (readonly [Condition: string, Value: string | undefined, TargetColumn?: string])[]
): RecipeStep => ({
  Action: { Operation, Parameters },
  ...(conditions.length > 0
    ? {
        ConditionExpressions: conditions.map(([Condition, Value, TargetColumn = 'a']) => ({
          Condition,
          ...(Value === undefined ? {} : { Value }),
          TargetColumn,
        })),
      }
    : {}),
});

const combined = (set: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(
    [
      ...['collapseConsecutiveWhitespace', 'removeAllPunctuation', 'removeAllQuotes', 'removeAllWhitespace'],
      ...['removeCustomCharacters', 'removeCustomValue', 'removeLeadingAndTrailingPunctuation'],
      ...['removeLeadingAndTrailingQuotes', 'removeLeadingAndTrailingWhitespace', 'removeLetters'],
      ...['removeNumbers', 'removeSpecialCharacters'],
    ].map((flag) => [flag, 'false']),
  ),
  sourceColumn: 'a',
  ...set,
});

const texts = (...values: readonly (string | null)[]): TextRow[] => values.map((a) => ({ a }));
const same = (...values: readonly (string | null)[]): (readonly [number, TextRow])[] =>
  values.map((a, row) => [row, { a }] as const);
const cast = (type: string): RecipeStep =>
  step('CHANGE_DATA_TYPE', { sourceColumn: 'a', columnDataType: type });

/** A table for each operation, written by hand from the page of the guide. An operation with several ways has several. */
export const operationCases: Readonly<Record<DataBrewOperation, readonly OperationCase[]>> = {
  CHANGE_DATA_TYPE: [
    // The guide's own example: "123" becomes 123, and "ABC" NULL.
    {
      steps: [cast('int')],
      rows: texts('123', 'ABC', '', null, '2147483648'),
      gives: same('123', null, null, null, null),
    },
    {
      steps: [cast('long')],
      rows: texts('9223372036854775807', '9223372036854775808'),
      gives: same('9223372036854775807', null),
    },
    {
      steps: [cast('double')],
      rows: texts('1.5', '1e3', 'x', '1e309'),
      gives: same('1.5', '1000', null, null),
    },
    {
      steps: [cast('decimal')],
      rows: texts('1.005', '12345678901234567890', '123456789012345678901'),
      gives: same('1.005', '12345678901234567890', null),
    },
    {
      steps: [cast('boolean')],
      rows: texts('true', 'yes', 'false', 'no', 't'),
      gives: same('true', 'true', 'false', 'false', null),
    },
    {
      steps: [cast('date')],
      rows: texts('2020-02-29', '2019-02-29', '29.02.2020'),
      gives: same('2020-02-29', null, null),
    },
    {
      steps: [cast('timestamp')],
      rows: texts(
        '2020-02-29 13:51:07',
        '2020-02-29 13:51:07.9',
        '2020-02-30 13:51:07',
        '2020-02-29 13:51:07 UTC',
      ),
      gives: same('2020-02-29T13:51:07.000Z', '2020-02-29T13:51:07.000Z', null, null),
    },
  ],
  DATE_FORMAT: [
    {
      steps: [
        cast('timestamp'),
        step('DATE_FORMAT', { sourceColumn: 'a', dateTimeFormat: 'yyyy-mm-dd HH:MM:SS', targetColumn: 'b' }),
      ],
      rows: texts('2020-02-29 13:51:07', null),
      gives: [
        [0, { a: '2020-02-29T13:51:07.000Z', b: '2020-02-29 13:51:07' }],
        [1, { a: null, b: null }],
      ],
    },
  ],
  DELETE: [
    { steps: [step('DELETE', { sourceColumn: 'b' })], rows: [{ a: '1', b: '2' }], gives: [[0, { a: '1' }]] },
  ],
  DELETE_DUPLICATE_ROWS: [
    {
      steps: [step('DELETE_DUPLICATE_ROWS', {})],
      rows: [
        { a: '1', b: null },
        { a: '1', b: '2' },
        { a: '1', b: null },
        { a: '1', b: '2' },
      ],
      gives: [
        [0, { a: '1', b: null }],
        [1, { a: '1', b: '2' }],
      ],
    },
  ],
  DUPLICATE: [
    {
      steps: [step('DUPLICATE', { sourceColumn: 'a', targetColumn: 'copy of a' })],
      rows: texts('x'),
      gives: [[0, { a: 'x', 'copy of a': 'x' }]],
    },
  ],
  FILL_WITH_CUSTOM: [
    {
      steps: [step('FILL_WITH_CUSTOM', { sourceColumn: 'a', columnDataType: 'string', value: "it's" })],
      rows: texts('x', '', null, ' '),
      gives: same('x', "it's", "it's", ' '),
    },
  ],
  FILL_WITH_EMPTY: [
    {
      steps: [step('FILL_WITH_EMPTY', { sourceColumn: 'a' })],
      rows: texts('x', null, ''),
      gives: same('x', '', ''),
    },
  ],
  FILL_WITH_NULL: [
    {
      steps: [step('FILL_WITH_NULL', { sourceColumn: 'a' })],
      rows: texts('x', null),
      gives: same(null, null),
    },
    {
      steps: [step('FILL_WITH_NULL', { sourceColumn: 'a' }, ['IS', '["NULL","\\\\N"]'])],
      rows: texts('NULL', 'null', '\\N', 'x', null),
      gives: same(null, 'null', null, 'x', null),
    },
    {
      steps: [step('FILL_WITH_NULL', { sourceColumn: 'a' }, ['IS_MISSING', undefined])],
      rows: texts('', ' ', null),
      gives: same(null, ' ', null),
    },
  ],
  LOWER_CASE: [
    {
      steps: [step('LOWER_CASE', { sourceColumn: 'a' })],
      rows: texts('The QUICK', 'É', null),
      gives: same('the quick', 'é', null),
    },
  ],
  REMOVE_COMBINED: [
    {
      steps: [step('REMOVE_COMBINED', combined({ removeLeadingAndTrailingWhitespace: 'true' }))],
      rows: texts(' a b\t', '\u2003x', '\ufeffx', ' ', null),
      gives: same('a b', 'x', '\ufeffx', '', null),
    },
    {
      steps: [
        step('REMOVE_COMBINED', combined({ removeCustomValue: 'true', customValue: '.0' }), [
          'ENDS_WITH',
          '.0',
        ]),
      ],
      rows: texts('17850.0', '1.05.0', '1.05', null),
      gives: same('17850', '15', '1.05', null),
    },
  ],
  REMOVE_DUPLICATES: [
    {
      steps: [step('REMOVE_DUPLICATES', { sourceColumn: 'a' })],
      rows: [
        { a: '1', b: 'x' },
        { a: '2', b: 'y' },
        { a: '1', b: 'z' },
      ],
      gives: [
        [0, { a: '1', b: 'x' }],
        [1, { a: '2', b: 'y' }],
      ],
    },
  ],
  REMOVE_MISSING: [
    {
      steps: [step('REMOVE_MISSING', { sourceColumn: 'a' })],
      rows: texts('x', null, '', ' '),
      gives: [
        [0, { a: 'x' }],
        [3, { a: ' ' }],
      ],
    },
  ],
  REMOVE_VALUES: [
    // The guide's own examples: ratings below 1800, and the value "draw".
    {
      steps: [cast('int'), step('REMOVE_VALUES', { sourceColumn: 'a' }, ['LESS_THAN', '1800'])],
      rows: texts('1799', '1800', null),
      gives: [
        [1, { a: '1800' }],
        [2, { a: null }],
      ],
    },
    {
      steps: [step('REMOVE_VALUES', { sourceColumn: 'a' }, ['IS', '["draw"]'])],
      rows: texts('white', 'draw', 'drawn'),
      gives: [
        [0, { a: 'white' }],
        [2, { a: 'drawn' }],
      ],
    },
    {
      steps: [step('REMOVE_VALUES', { sourceColumn: 'a' }, ['IS_NOT', '["view","cart"]'])],
      rows: texts('view', 'View', null, 'cart'),
      gives: [
        [0, { a: 'view' }],
        [2, { a: null }],
        [3, { a: 'cart' }],
      ],
    },
    // Every condition has to hold.
    {
      steps: [
        step('REMOVE_VALUES', { sourceColumn: 'a' }, ['IS_MISSING', undefined], ['IS_NOT', '["-"]', 'b']),
      ],
      rows: [
        { a: null, b: '-' },
        { a: null, b: 'x' },
        { a: '1', b: 'x' },
      ],
      gives: [
        [0, { a: null, b: '-' }],
        [2, { a: '1', b: 'x' }],
      ],
    },
    {
      steps: [
        cast('decimal'),
        step('REMOVE_VALUES', { sourceColumn: 'a' }, ['GREATER_THAN_EQUAL', '100']),
        step('REMOVE_VALUES', { sourceColumn: 'a' }, ['LESS_THAN_EQUAL', '0.5']),
      ],
      rows: texts('100', '99.99', '0.5', '0.51'),
      gives: [
        [1, { a: '99.99' }],
        [3, { a: '0.51' }],
      ],
    },
    {
      steps: [
        cast('timestamp'),
        step('REMOVE_VALUES', { sourceColumn: 'a' }, ['GREATER_THAN', '2020-01-01 00:00:00']),
      ],
      rows: texts('2020-01-01 00:00:00', '2020-01-01 00:00:01'),
      gives: [[0, { a: '2020-01-01T00:00:00.000Z' }]],
    },
  ],
  RENAME: [
    {
      steps: [step('RENAME', { sourceColumn: 'Date', targetColumn: 'date' })],
      rows: [{ Date: 'x', b: 'y' }],
      gives: [[0, { date: 'x', b: 'y' }]],
    },
  ],
  REPLACE_TEXT: [
    // The guide's own examples: characters, and a regular expression.
    {
      steps: [step('REPLACE_TEXT', { sourceColumn: 'a', pattern: 'x', value: 'a' })],
      rows: texts('axx', null),
      gives: same('aaa', null),
    },
    {
      steps: [step('REPLACE_TEXT', { sourceColumn: 'a', pattern: '[0-9]', value: '!' })],
      rows: texts('a1b22'),
      gives: same('a!b!!'),
    },
    {
      steps: [
        step('REPLACE_TEXT', { sourceColumn: 'a', pattern: '(?s)\\A.*\\z', value: '\\1 $1' }, [
          'IS',
          '["pv","\\n",""]',
        ]),
      ],
      rows: texts('pv', '\n', '', 'pvx', null),
      gives: same('\\1 $1', '\\1 $1', '\\1 $1', 'pvx', null),
    },
  ],
  UNIX_TIME_FORMAT: [
    // The guide's own example is 1601936554.
    {
      steps: [
        cast('long'),
        step('UNIX_TIME_FORMAT', {
          sourceColumn: 'a',
          dateTimeFormat: 'yyyy-mm-dd HH:MM:SS',
          targetColumn: 'b',
        }),
      ],
      rows: texts('1601936554', null),
      gives: [
        [0, { a: '1601936554', b: '2020-10-05 22:22:34' }],
        [1, { a: null, b: null }],
      ],
    },
  ],
};

/** What the interpreter refuses by name. */
export const refusedSteps: readonly (readonly [named: string, step: RecipeStep])[] = [
  ['REMOVE_SPACES', step('REMOVE_SPACES', { sourceColumn: 'a' })],
  ['extra', step('DELETE', { sourceColumn: 'a', extra: 'x' })],
  ['value', step('REPLACE_TEXT', { sourceColumn: 'a', pattern: 'x' })],
  ['value', step('REPLACE_TEXT', { sourceColumn: 'a', pattern: 'x', value: '' })],
  ['other', step('LOWER_CASE', { sourceColumn: 'other' })],
  ['MATCHES', step('REMOVE_VALUES', { sourceColumn: 'a' }, ['MATCHES', 'x'])],
  ['IS_NOT needs a value', step('REMOVE_VALUES', { sourceColumn: 'a' }, ['IS_NOT', undefined])],
  ['REMOVE_VALUES needs a condition', step('REMOVE_VALUES', { sourceColumn: 'a' })],
  ['conditions for RENAME', step('RENAME', { sourceColumn: 'a', targetColumn: 'b' }, ['IS', '["x"]'])],
  ['removeLetters', step('REMOVE_COMBINED', combined({ removeLetters: 'true' }))],
  ['bigint', cast('bigint')],
  ['month', step('DATE_FORMAT', { sourceColumn: 'a', dateTimeFormat: 'month', targetColumn: 'b' })],
];
