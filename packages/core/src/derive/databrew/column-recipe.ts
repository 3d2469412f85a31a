import type { StepOf } from '../../table/cleaning-step.ts';
import { type Column, parseOf } from '../../table/table-schema.ts';
import { isTextStep } from '../../table/text-step.ts';
import { castRecipe } from './cast-recipe.ts';
import { checkRecipe } from './check-recipe.ts';
import type { DataBrewDifferenceCode } from './recipe-differences.ts';
import type { RecipeRule } from './recipe-rule.ts';
import { type DataBrewRecipeStep, listConditions, recipeStep } from './recipe-step.ts';
import { mayBeEmptyAfter, textStepRecipe } from './text-step-recipe.ts';

/** What becomes of a bad value of an optional column: its row is removed, or it becomes null. */
export type BadValues = 'remove' | 'null';

/** Stands for a missing value in the copy of a column. */
const missingMark = '(missing)';

/**
 * What a recipe does to clean one column, in the order of its steps.
 *
 * A cast makes null of a bad text and of none alike. So the rows of a required column are removed after the cast. Of an optional column
 * a copy is kept while it is cast, in which a mark stands for a missing text: a row without a value, whose copy is not the mark, had a
 * bad one. The names of such copies have spaces, which no column's name has.
 */
export function columnRecipe(column: Column, badValues: BadValues): RecipeRule[] {
  const { name, type, steps, nullable, invalid } = column;
  const rules: RecipeRule[] = [];
  let mayBeEmpty = true;
  for (const step of steps.filter(isTextStep)) {
    rules.push({ column: name, rule: step.step, ...textStepRecipe(name, step, { mayBeEmpty }) });
    mayBeEmpty = mayBeEmptyAfter(step, mayBeEmpty);
  }
  const cast = castRecipe(column, parseOf(column));
  const unread: DataBrewDifferenceCode[] = cast.differences.includes('text-stays') ? ['text-stays'] : [];
  const rejected: DataBrewDifferenceCode = invalid === 'null' ? 'not-counted' : 'no-reason';
  const isCast = cast.type !== undefined;
  const isGuarded = isCast && nullable && invalid === undefined && badValues === 'remove';
  const limits = cast.limits.map(([condition, bound]) =>
    recipeStep(invalid === 'null' ? 'FILL_WITH_NULL' : 'REMOVE_VALUES', { sourceColumn: name }, [
      { Condition: condition, Value: bound, TargetColumn: name },
    ]),
  );
  const read = [
    ...cast.before,
    ...(cast.type === undefined
      ? []
      : [recipeStep('CHANGE_DATA_TYPE', { sourceColumn: name, columnDataType: cast.type })]),
  ];
  rules.push({
    column: name,
    rule: 'parse',
    steps: [...(isGuarded ? guarded(name, read) : read), ...limits],
    differences: [
      ...cast.differences,
      ...(isGuarded
        ? (['missing-mark', ...(mayBeEmpty ? (['empty-is-missing'] as const) : [])] as const)
        : []),
      ...(isCast && nullable && invalid === undefined && !isGuarded ? (['bad-value-null'] as const) : []),
      ...(isGuarded || limits.length > 0 || (isCast && invalid === 'null') ? [rejected] : []),
    ],
  });
  if (!nullable)
    rules.push({
      column: name,
      rule: 'required',
      steps: [recipeStep('REMOVE_MISSING', { sourceColumn: name })],
      differences: [
        'no-reason',
        // Any other kind rejects a text of length zero.
        ...(type.kind === 'string' && mayBeEmpty ? (['empty-is-missing'] as const) : []),
      ],
    });
  const checks = [
    ...oneOfStep(column),
    ...steps.filter((step) => !isTextStep(step) && step.step !== 'one-of'),
  ];
  for (const step of checks) {
    if (step.step === 'parse' || step.step === 'required') continue;
    const part = unread.length > 0 ? { steps: [], differences: unread } : checkRecipe(column, step);
    rules.push({
      column: name,
      rule: step.step,
      steps: part.steps,
      differences: [...part.differences, ...(part.steps.length > 0 ? [rejected] : [])],
    });
  }
  return rules;
}

/** The check of an enum, which its definition has as a type. */
function oneOfStep({ type, steps }: Column): StepOf<'one-of'>[] {
  const own = steps.find((step) => step.step === 'one-of');
  if (own) return [own];
  return type.kind === 'enum' ? [{ step: 'one-of', values: type.values }] : [];
}

/** Steps that make null of a bad text, followed by the removal of the rows that had one. */
function guarded(name: string, read: readonly DataBrewRecipeStep[]): DataBrewRecipeStep[] {
  const copy = `${name} as read`;
  return [
    recipeStep('DUPLICATE', { sourceColumn: name, targetColumn: copy }),
    recipeStep('FILL_WITH_CUSTOM', { sourceColumn: copy, columnDataType: 'string', value: missingMark }),
    ...read,
    recipeStep('REMOVE_VALUES', { sourceColumn: name }, [
      { Condition: 'IS_MISSING', TargetColumn: name },
      ...listConditions('IS_NOT', copy, [missingMark]),
    ]),
    recipeStep('DELETE', { sourceColumn: copy }),
  ];
}
