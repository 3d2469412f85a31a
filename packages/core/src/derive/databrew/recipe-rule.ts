import type { CleaningStep } from '../../table/cleaning-step.ts';
import type { DataBrewDifferenceCode } from './recipe-differences.ts';
import type { DataBrewRecipeStep } from './recipe-step.ts';

/** A rule of a definition that a recipe follows: a step of a column's cleaning, or one of the whole table. */
export type DataBrewRule =
  | CleaningStep['step']
  | 'rename'
  | 'path'
  | 'lookup'
  | 'duplicates'
  | 'partition'
  | 'other-columns';

/** What a recipe does for one rule. */
export interface RecipeRule {
  /** Absent for a rule of the whole table. */
  readonly column?: string;
  readonly rule: DataBrewRule;
  readonly steps: readonly DataBrewRecipeStep[];
  readonly differences: readonly DataBrewDifferenceCode[];
}

/** The steps for a part of a rule, and where they differ from it. */
export type RecipePart = Pick<RecipeRule, 'steps' | 'differences'>;

/** Steps that do what the rule says. */
export const exactly = (...steps: readonly DataBrewRecipeStep[]): RecipePart => ({ steps, differences: [] });

/** Steps that differ from the rule. */
export const nearly = (
  steps: readonly DataBrewRecipeStep[],
  ...differences: readonly DataBrewDifferenceCode[]
): RecipePart => ({ steps, differences });
