import type { StepOf } from '../../table/cleaning-step.ts';
import { type Column, parseOf } from '../../table/table-schema.ts';
import { isTextStep } from '../../table/text-step.ts';
import { type BadValues, badValueRule, markMissing, missingMark, onBadValues } from './bad-values.ts';
import { castRecipe } from './cast-recipe.ts';
import { checkRecipe } from './check-recipe.ts';
import type { DataBrewDifferenceCode } from './recipe-differences.ts';
import type { RecipeRule } from './recipe-rule.ts';
import { type DataBrewRecipeStep, listConditions, recipeStep } from './recipe-step.ts';
import { mayBeEmptyAfter, textStepRecipe } from './text-step-recipe.ts';

/** Differences, where they apply. */
const where = (
  applies: boolean,
  ...codes: readonly DataBrewDifferenceCode[]
): readonly DataBrewDifferenceCode[] => (applies ? codes : []);

/**
 * What a recipe does to clean one column, in the order of its steps.
 *
 * A cast makes null of a bad text and of none alike. So the rows of a required column are removed after the cast. Of an optional column
 * a copy is kept while it is cast, in which a mark stands for a missing text: a row without a value, whose copy is not the mark, had a
 * bad one. The names of such copies have spaces, which no column's name has.
 */
export function columnRecipe(column: Column, badValues: BadValues): RecipeRule[] {
  const { name, type, steps, nullable } = column;
  const rules: RecipeRule[] = [];
  let mayBeEmpty = true;
  for (const step of steps.filter(isTextStep)) {
    rules.push({ column: name, rule: step.step, ...textStepRecipe(name, step, { mayBeEmpty }) });
    mayBeEmpty = mayBeEmptyAfter(step, mayBeEmpty);
  }
  const bad = badValueRule(column, badValues);
  const cast = castRecipe(column, parseOf(column));
  const limits = cast.limits.map(([condition, bound]) =>
    onBadValues(name, bad, [{ Condition: condition, Value: bound, TargetColumn: name }]),
  );
  const isCast = cast.type !== undefined;
  const read = [
    ...cast.before,
    ...(cast.type === undefined
      ? []
      : [recipeStep('CHANGE_DATA_TYPE', { sourceColumn: name, columnDataType: cast.type })]),
  ];
  // A required column loses its bad rows with those that have no value.
  const isGuarded = isCast && nullable && bad.operation === 'REMOVE_VALUES';
  rules.push({
    column: name,
    rule: 'parse',
    steps: [...(isGuarded ? guarded(name, read) : read), ...limits],
    differences: [
      ...cast.differences,
      ...where(isGuarded, 'missing-mark'),
      ...where(isGuarded && mayBeEmpty, 'empty-is-missing'),
      ...where(isCast && (nullable || limits.length > 0), bad.difference),
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
        ...where(type.kind === 'string' && mayBeEmpty, 'empty-is-missing'),
      ],
    });
  const isText = cast.differences.includes('text-stays');
  for (const step of [...oneOfStep(column), ...steps]) {
    if (!isCheck(step)) continue;
    const part = isText
      ? { steps: [], differences: where(true, 'text-stays') }
      : checkRecipe(column, step, { bad, mayBeEmpty });
    rules.push({
      column: name,
      rule: step.step,
      steps: part.steps,
      differences: [...part.differences, ...where(part.steps.length > 0, bad.difference)],
    });
  }
  return rules;
}

/** Whether a step checks a value, and neither changes its text nor reads it. */
const isCheck = (step: Column['steps'][number]): boolean =>
  !isTextStep(step) && step.step !== 'parse' && step.step !== 'required';

/** The check of an enum whose steps lack it, as those of earlier files may. */
const oneOfStep = ({ type, steps }: Column): StepOf<'one-of'>[] =>
  type.kind === 'enum' && !steps.some(({ step }) => step === 'one-of')
    ? [{ step: 'one-of', values: type.values }]
    : [];

/** Steps that make null of a bad text, followed by the removal of the rows that had one. */
function guarded(name: string, read: readonly DataBrewRecipeStep[]): DataBrewRecipeStep[] {
  const copy = `${name} as read`;
  return [
    recipeStep('DUPLICATE', { sourceColumn: name, targetColumn: copy }),
    markMissing(copy),
    ...read,
    recipeStep('REMOVE_VALUES', { sourceColumn: name }, [
      { Condition: 'IS_MISSING', TargetColumn: name },
      ...listConditions('IS_NOT', copy, [missingMark]),
    ]),
    recipeStep('DELETE', { sourceColumn: copy }),
  ];
}
