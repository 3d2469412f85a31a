import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { dataBrewName } from './databrew-place.ts';
import { explainDataBrewRecipe } from './explain-recipe.ts';
import { type DataBrewDifferenceCode, dataBrewDifferenceCodes } from './recipe-differences.ts';
import type { DataBrewRecipeStep } from './recipe-step.ts';
import { type TableRecipeOptions, tableRecipe } from './table-recipe.ts';

/** The input of DataBrew's CreateRecipe (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateRecipe.html). */
export interface DataBrewRecipe {
  readonly Name: string;
  readonly Description: string;
  readonly Steps: DataBrewRecipeStep[];
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataBrewRecipe}. */
export interface DataBrewRecipeOptions extends TableRecipeOptions {
  /** Refuses a recipe that differs from the definition. Defaults to false. */
  readonly strict?: boolean | undefined;
  /** The differences that `strict` takes. Defaults to none. */
  readonly allow?: readonly DataBrewDifferenceCode[] | undefined;
}

/**
 * The recipe that cleans the landing files of a table, as the input of DataBrew's CreateRecipe: a first pass that analysts can see and
 * change in the browser. It has the steps of the definition's cleaning, in their order, then the removal of duplicates, and the columns
 * of the partition folders. `recipeOperations` has its operations, each with the page of AWS's guide that describes it.
 *
 * The lake's contract is the definition: {@link explainDataBrewRecipe} says where the recipe differs from it. Every column has to be in
 * the files, because an action on a column that is not there fails.
 *
 * @throws HeadwaterError `DATABREW_DIFFERS` with `strict`, naming the first differences; `DATABREW_UNSUPPORTED` for a table that no recipe
 *   can make: one of exploded lists, or with folders named after a column that it cannot read; `AWS_LIMIT_EXCEEDED` for more than 100
 *   steps; `OPTION_INVALID`
 * @example deriveDataBrewRecipe(clickstream.schema, target)
 * // { Name: 'headwater-shop-clickstream', Description: ..., Tags: ..., Steps: [
 * //   { Action: { Operation: 'LOWER_CASE', Parameters: { sourceColumn: 'event_type' } } }, ... ] }
 */
export function deriveDataBrewRecipe(
  schema: TableSchema,
  target: AwsTarget,
  options: DataBrewRecipeOptions = {},
): DataBrewRecipe {
  const Steps = tableRecipe(schema, options).flatMap(({ steps }) => steps);
  if (options.strict) assertExact(schema, options);
  return {
    Name: dataBrewName(target, schema.name),
    Description: `Cleans the landing files of ${schema.name}. headwater derive databrew-recipe --explain says where it differs from the definition`,
    Steps,
    Tags: tableTags(target, schema.name),
  };
}

/** The differences that an error names. */
const mostNamed = 5;

function assertExact(schema: TableSchema, options: DataBrewRecipeOptions): void {
  const { allow = [] } = options;
  for (const code of allow)
    if (!dataBrewDifferenceCodes.includes(code))
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'allow',
        value: code,
        expected: `codes of differences: ${dataBrewDifferenceCodes.join(', ')}`,
      });
  const differences = explainDataBrewRecipe(schema, options).flatMap(({ column, step, difference }) =>
    difference && !allow.includes(difference.code)
      ? [{ ...(column === undefined ? {} : { column }), step, code: difference.code, text: difference.text }]
      : [],
  );
  if (differences.length > 0)
    throw new HeadwaterError('DATABREW_DIFFERS', {
      table: schema.name,
      count: differences.length,
      differences: differences.slice(0, mostNamed),
    });
}
