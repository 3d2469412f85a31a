import type { TableSchema } from '../../table/table-schema.ts';
import {
  type DataBrewDifferenceCode,
  type DataBrewDifferenceEffect,
  recipeDifferences,
} from './recipe-differences.ts';
import type { DataBrewOperation } from './recipe-operations.ts';
import type { DataBrewRule } from './recipe-rule.ts';
import { type TableRecipeOptions, tableRecipe } from './table-recipe.ts';

/** How a recipe differs from a rule of the definition. */
export interface DataBrewDifference {
  /** A stable name. */
  readonly code: DataBrewDifferenceCode;
  readonly affects: DataBrewDifferenceEffect;
  /** The difference in words. */
  readonly text: string;
}

/** What a recipe does for one rule of the definition. A rule with several differences has a row for each. */
export interface DataBrewExplanation {
  /** The column. Absent for a rule of the whole table. */
  readonly column?: string;
  /** The step of the column's cleaning, or the rule of the table. */
  readonly step: DataBrewRule;
  /** The operations, in their order. Empty where the recipe has none. */
  readonly operations: readonly DataBrewOperation[];
  /** Whether the recipe does what the rule says. */
  readonly exact: boolean;
  /** Present unless the recipe is exact. */
  readonly difference?: DataBrewDifference;
}

/**
 * What the recipe of {@link deriveDataBrewRecipe} does for each rule of a definition, and where it differs: casts silently turn bad values
 * into null, decimals are not rounded, times with an offset are not read, and no removed row has a reason.
 *
 * @throws HeadwaterError as {@link tableRecipe}
 * @example explainDataBrewRecipe(clickstream.schema).filter(({ difference }) => difference?.affects === 'values')
 * // [{ column: 'price', step: 'parse', operations: ['CHANGE_DATA_TYPE', ...], exact: false, difference: { code: 'decimal-scale', ... } }, ...]
 */
export function explainDataBrewRecipe(
  schema: TableSchema,
  options: TableRecipeOptions = {},
): DataBrewExplanation[] {
  return tableRecipe(schema, options).flatMap(
    ({ column, rule, steps, differences }): DataBrewExplanation[] => {
      const row = {
        ...(column === undefined ? {} : { column }),
        step: rule,
        operations: steps.map(({ Action }) => Action.Operation),
      };
      if (differences.length === 0) return [{ ...row, exact: true }];
      return differences.map((code) => ({
        ...row,
        exact: false,
        difference: { code, ...recipeDifferences[code] },
      }));
    },
  );
}
