import type { StepOf } from '../../table/cleaning-step.ts';
import { type DataTypeTable, mapDataType } from '../../table/data-type.ts';
import type { Column } from '../../table/table-schema.ts';
import type { DataBrewDifferenceCode } from './recipe-differences.ts';
import { type DataBrewRecipeStep, recipeStep, removeCombined } from './recipe-step.ts';

/** The column types that CHANGE_DATA_TYPE makes for us (https://docs.aws.amazon.com/databrew/latest/dg/recipe-actions.CHANGE_DATA_TYPE.html). */
type ColumnDataType = 'int' | 'long' | 'double' | 'decimal' | 'boolean' | 'date' | 'timestamp';

/** How a recipe reads the texts of a kind. */
export interface CastRecipe {
  /** Steps on the text before the cast. */
  readonly before: readonly DataBrewRecipeStep[];
  /** The type that the text is cast to. Undefined when the column stays text. */
  readonly type: ColumnDataType | undefined;
  readonly differences: readonly DataBrewDifferenceCode[];
  /** Conditions under which a value is out of the column's range, each of which removes it: condition and bound. */
  readonly limits: readonly (readonly ['LESS_THAN' | 'GREATER_THAN_EQUAL' | 'LESS_THAN_EQUAL', string])[];
}

const cast = (
  type: ColumnDataType | undefined,
  differences: readonly DataBrewDifferenceCode[],
  more: Partial<CastRecipe> = {},
): CastRecipe => ({ before: [], type, differences, limits: [], ...more });

const replace = (sourceColumn: string, pattern: string, value: string): DataBrewRecipeStep =>
  recipeStep('REPLACE_TEXT', { sourceColumn, pattern, value });

/** The digits of a decimal that DataBrew has (https://docs.aws.amazon.com/databrew/latest/dg/datatypes.html). */
const mostWhole = 20;
const mostFraction = 18;

const ten = (power: number): string => `1${'0'.repeat(power)}`;

/** The reading of each kind. A boolean's other spellings are rewritten to the two that AWS lists. */
const castsOf = (name: string): DataTypeTable<CastRecipe> => ({
  string: () => cast(undefined, []),
  enum: () => cast(undefined, []),
  boolean: () =>
    cast('boolean', [], {
      before: [
        replace(name, '\\A([tT]([rR][uU][eE])?|[yY]([eE][sS])?|1)\\z', 'true'),
        replace(name, '\\A([fF]([aA][lL][sS][eE])?|[nN][oO]?|0)\\z', 'false'),
      ],
    }),
  int32: () => cast('int', ['cast-spelling']),
  int64: () => cast('long', ['cast-spelling']),
  double: () => cast('double', ['cast-spelling', 'negative-zero']),
  decimal: ({ precision, scale }) => {
    const whole = precision - scale;
    const isTooLong = whole > mostWhole || scale > mostFraction;
    return cast(
      'decimal',
      ['cast-spelling', 'decimal-scale', ...(isTooLong ? (['decimal-precision'] as const) : [])],
      whole < mostWhole
        ? {
            limits: [
              ['GREATER_THAN_EQUAL', ten(whole)],
              ['LESS_THAN_EQUAL', `-${ten(whole)}`],
            ],
          }
        : {},
    );
  },
  date: () => cast('date', ['time-spelling']),
  timestamp: () =>
    cast('timestamp', ['time-spelling', 'time-offset', 'sub-second'], {
      before: [
        // No parameter can be empty, so the mark of UTC becomes a space, which is removed after it.
        replace(name, ' ?(Z|UTC|GMT)\\z', ' '),
        replace(name, 'T', ' '),
        removeCombined(name, 'removeLeadingAndTrailingWhitespace'),
      ],
    }),
  uuid: () =>
    cast(undefined, ['not-checked'], { before: [recipeStep('LOWER_CASE', { sourceColumn: name })] }),
  list: () => cast(undefined, ['not-read']),
  struct: () => cast(undefined, ['not-read']),
  map: () => cast(undefined, ['not-read']),
});

/** How a recipe reads the texts of a column. */
export function castRecipe({ name, type }: Column, { time, number }: StepOf<'parse'>): CastRecipe {
  if (number || (time && time.from !== 'epoch-seconds')) return cast(undefined, ['text-stays']);
  if (time) return countedSeconds(name);
  return mapDataType<CastRecipe>(castsOf(name), type);
}

/** Seconds since 1970: a function writes them as times in a column of its own, which takes the place of the first. */
function countedSeconds(name: string): CastRecipe {
  const targetColumn = `${name} as time`;
  return cast('timestamp', ['cast-spelling', 'sub-second'], {
    before: [
      recipeStep('CHANGE_DATA_TYPE', { sourceColumn: name, columnDataType: 'long' }),
      recipeStep('UNIX_TIME_FORMAT', {
        sourceColumn: name,
        dateTimeFormat: 'yyyy-mm-dd HH:MM:SS',
        targetColumn,
      }),
      recipeStep('DELETE', { sourceColumn: name }),
      recipeStep('RENAME', { sourceColumn: targetColumn, targetColumn: name }),
    ],
    limits: [['LESS_THAN', '1970-01-01 00:00:00']],
  });
}
