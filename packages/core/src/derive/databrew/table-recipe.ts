import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { BadValues } from './bad-values.ts';
import { columnRecipe } from './column-recipe.ts';
import { duplicatesRecipe } from './duplicates-recipe.ts';
import type { RecipeRule } from './recipe-rule.ts';
import { recipeStep } from './recipe-step.ts';

/** How a recipe reads and cleans a table. */
export interface TableRecipeOptions {
  /** The names of fields in the landing files, by column, where they differ from the columns' names. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /**
   * What becomes of a bad value of an optional column. `remove` removes its row, as the lake rejects it; `null` makes it null, and saves
   * two to four steps for each column. Defaults to `remove`.
   */
  readonly badValues?: BadValues | undefined;
}

/** The most steps of a recipe (https://docs.aws.amazon.com/databrew/latest/dg/recipes.html). */
const mostSteps = 100;

/**
 * What a recipe does for each rule of a table, in the order of its steps.
 *
 * @throws HeadwaterError `DATABREW_UNSUPPORTED` for a table that a recipe cannot make, `AWS_LIMIT_EXCEEDED` for more than 100 steps,
 *   `OPTION_INVALID` for a field of a column that the table does not have
 */
export function tableRecipe(schema: TableSchema, options: TableRecipeOptions = {}): RecipeRule[] {
  const { fields = {}, badValues = 'remove' } = options;
  const { columns } = schema;
  if (schema.explode)
    unsupported(
      schema,
      'each element of a list becomes a row',
      'Load it by headwater etl run, or by a Spark job',
    );
  const read = columns.filter((column) => !column.path && !column.lookup);
  const rules = [
    ...renamed(schema, fields),
    ...columns.flatMap((column): RecipeRule[] => {
      if (!column.path && !column.lookup) return columnRecipe(column, badValues);
      const rule = column.path ? 'path' : 'lookup';
      return [{ column: column.name, rule, steps: [], differences: ['not-read'] }];
    }),
    duplicatesRecipe({ ...schema, columns: read }),
    partitionRule(schema),
    { rule: 'other-columns', steps: [], differences: ['other-columns'] } as const,
  ];
  assertPartitioned(schema, rules);
  const size = rules.reduce((sum, { steps }) => sum + steps.length, 0);
  if (size > mostSteps)
    throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
      what: `The recipe of ${schema.name}`,
      size,
      limit: mostSteps,
      unit: 'steps',
      fix:
        badValues === 'remove'
          ? 'Set badValues to null, which saves two to four steps for each optional column that is not text'
          : 'Load it by headwater etl run, or by a Spark job',
    });
  return rules;
}

/** Renames come first: partition folders have the columns' names as they are (https://docs.aws.amazon.com/databrew/latest/dg/jobs.recipe.html). */
function renamed(
  { name: table, columns }: TableSchema,
  fields: Readonly<Record<string, string>>,
): RecipeRule[] {
  const known = columns.map(({ name }) => name);
  return Object.entries(fields).map(([column, field]): RecipeRule => {
    if (!known.includes(column) || field === '')
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'fields',
        value: `${column}=${field}`,
        expected: `the name of a field for a column of ${table}: ${known.join(', ')}`,
      });
    const steps =
      field === column ? [] : [recipeStep('RENAME', { sourceColumn: field, targetColumn: column })];
    return { column, rule: 'rename', steps, differences: [] };
  });
}

/** The columns of the partition folders: the day, and the hour, of the time column. */
function partitionRule({ partitioning: { time, hour } }: TableSchema): RecipeRule {
  const part = (targetColumn: string, dateTimeFormat: string) =>
    recipeStep('DATE_FORMAT', { sourceColumn: time, dateTimeFormat, targetColumn });
  return {
    rule: 'partition',
    steps: [part('dt', 'yyyy-mm-dd'), ...(hour ? [part('hour', 'HH')] : [])],
    differences: [],
  };
}

/** Checks that the recipe has the columns that name the folders of the output. */
function assertPartitioned(schema: TableSchema, rules: readonly RecipeRule[]): void {
  const { time, columns } = schema.partitioning;
  for (const name of [time, ...columns]) {
    const missing = rules.some(
      ({ column, differences }) =>
        column === name && differences.some((code) => code === 'not-read' || code === 'text-stays'),
    );
    if (missing)
      unsupported(
        schema,
        `${name} names the folders, and a recipe cannot read it`,
        'Load it by headwater etl run, or by a Spark job',
      );
  }
}

function unsupported({ name: table }: TableSchema, problem: string, fix: string): never {
  throw new HeadwaterError('DATABREW_UNSUPPORTED', { table, problem, fix });
}
