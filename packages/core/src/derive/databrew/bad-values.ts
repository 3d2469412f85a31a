import type { Column } from '../../table/table-schema.ts';
import type { DataBrewDifferenceCode } from './recipe-differences.ts';
import type { DataBrewConditionExpression, DataBrewRecipeStep } from './recipe-step.ts';
import { listConditions, recipeStep } from './recipe-step.ts';

/** What becomes of a bad value of an optional column: its row is removed, or it becomes null. */
export type BadValues = 'remove' | 'null';

/** What a recipe does with the bad values of one column, and how that differs from the definition. */
export interface BadValueRule {
  readonly operation: 'REMOVE_VALUES' | 'FILL_WITH_NULL';
  readonly difference: DataBrewDifferenceCode;
}

/** The rule of a column: what its definition says, unless bad values of optional columns are to become null. */
export function badValueRule({ nullable, invalid }: Column, badValues: BadValues): BadValueRule {
  if (invalid === 'null') return { operation: 'FILL_WITH_NULL', difference: 'not-counted' };
  if (nullable && badValues === 'null') return { operation: 'FILL_WITH_NULL', difference: 'bad-value-null' };
  return { operation: 'REMOVE_VALUES', difference: 'no-reason' };
}

/** Stands for a missing value while a column is compared. */
export const missingMark = '(missing)';

/** Puts the mark in the place of missing values. */
export const markMissing = (sourceColumn: string): DataBrewRecipeStep =>
  recipeStep('FILL_WITH_CUSTOM', { sourceColumn, columnDataType: 'string', value: missingMark });

/** Removes the mark again. */
export const unmarkMissing = (sourceColumn: string): DataBrewRecipeStep =>
  recipeStep('FILL_WITH_NULL', { sourceColumn }, listConditions('IS', sourceColumn, [missingMark]));

/** A step for the values under some conditions. */
export const onBadValues = (
  sourceColumn: string,
  { operation }: BadValueRule,
  conditions: readonly DataBrewConditionExpression[],
): DataBrewRecipeStep => recipeStep(operation, { sourceColumn }, conditions);
