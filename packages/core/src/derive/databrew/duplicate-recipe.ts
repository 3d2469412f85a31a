import { isWholeRowKey, type TableSchema } from '../../table/table-schema.ts';
import type { RecipeRule } from './recipe-rule.ts';
import { recipeStep } from './recipe-step.ts';

/** Removes the duplicates of a run: by one column, or by all of them. */
export function duplicateRecipe(schema: TableSchema): RecipeRule {
  const [only = '', ...others] = [...new Set(schema.duplicateKey)];
  if (others.length === 0)
    return {
      rule: 'duplicates',
      steps: [recipeStep('REMOVE_DUPLICATES', { sourceColumn: only })],
      differences: ['duplicate-kept', 'one-run', 'no-reason'],
    };
  return {
    rule: 'duplicates',
    steps: [recipeStep('DELETE_DUPLICATE_ROWS', {})],
    differences: [...(isWholeRowKey(schema) ? [] : (['duplicate-key'] as const)), 'one-run', 'no-reason'],
  };
}
