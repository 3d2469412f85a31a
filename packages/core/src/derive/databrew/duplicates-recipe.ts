import { keepsAllRows } from '../../table/duplicate-rule.ts';
import { isWholeRowKey, type TableSchema } from '../../table/table-schema.ts';
import { exactly, nearly, type RecipePart, type RecipeRule } from './recipe-rule.ts';
import { recipeStep } from './recipe-step.ts';

/**
 * Removes the duplicates of a run: by one column, or by all of them.
 *
 * @param schema with the columns that the recipe makes
 */
export const duplicatesRecipe = (schema: TableSchema): RecipeRule => {
  const { steps, differences } = duplicatesPart(schema);
  return { rule: 'duplicates', steps, differences: [...differences, 'landing-only'] };
};

function duplicatesPart(schema: TableSchema): RecipePart {
  if (keepsAllRows(schema)) return exactly();
  const key = [...new Set(schema.duplicateKey)];
  const made = new Set(schema.columns.map(({ name }) => name));
  if (!key.every((name) => made.has(name))) return nearly([], 'not-read');
  const [only = '', ...others] = key;
  if (others.length === 0)
    return nearly([recipeStep('REMOVE_DUPLICATES', { sourceColumn: only })], 'duplicate-kept', 'no-reason');
  const step = recipeStep('DELETE_DUPLICATE_ROWS', {});
  return isWholeRowKey(schema) ? nearly([step], 'no-reason') : nearly([step], 'duplicate-key', 'no-reason');
}
