import type { StepOf } from '../../table/cleaning-step.ts';
import type { TextStep, TextStepName } from '../../table/text-step.ts';
import { mapRecipe } from './map-recipe.ts';
import { exactly, nearly, type RecipePart } from './recipe-rule.ts';
import { listConditions, recipeStep, removeCombined } from './recipe-step.ts';

/** What a text may be after the steps before. */
interface TextContext {
  /** Whether it may be a text of length zero, which AWS counts as missing. */
  readonly mayBeEmpty: boolean;
}

const textSteps: {
  readonly [Name in TextStepName]: (column: string, step: StepOf<Name>, text: TextContext) => RecipePart;
} = {
  trim: (column) => nearly([removeCombined(column, 'removeLeadingAndTrailingWhitespace')], 'white-space'),
  'lower-case': (column) => nearly([recipeStep('LOWER_CASE', { sourceColumn: column })], 'letter-case'),
  'null-texts': (column, { texts }) =>
    exactly(
      ...listConditions('IS', column, texts).map((condition) =>
        recipeStep('FILL_WITH_NULL', { sourceColumn: column }, [condition]),
      ),
    ),
  'whole-number': (column) =>
    nearly(
      [
        removeCombined(column, 'removeCustomValue', { customValue: '.0' }, [
          { Condition: 'ENDS_WITH', Value: '.0', TargetColumn: column },
        ]),
      ],
      'whole-number',
    ),
  map: (column, { values }) => mapRecipe(column, values),
  'empty-to-null': (column) =>
    exactly(
      recipeStep('FILL_WITH_NULL', { sourceColumn: column }, [
        { Condition: 'IS_MISSING', TargetColumn: column },
      ]),
    ),
  default: (column, { text }, { mayBeEmpty }) => {
    const fill =
      text === ''
        ? recipeStep('FILL_WITH_EMPTY', { sourceColumn: column })
        : recipeStep('FILL_WITH_CUSTOM', { sourceColumn: column, columnDataType: 'string', value: text });
    return mayBeEmpty && text !== '' ? nearly([fill], 'empty-is-missing') : exactly(fill);
  },
};

/** What a recipe does for a step on the text of a column. */
export const textStepRecipe = (column: string, step: TextStep, text: TextContext): RecipePart =>
  (textSteps[step.step] as (column: string, step: TextStep, text: TextContext) => RecipePart)(
    column,
    step,
    text,
  );

/** Whether a text may be of length zero after a step. */
export function mayBeEmptyAfter(step: TextStep, before: boolean): boolean {
  if (step.step === 'empty-to-null' || (step.step === 'null-texts' && step.texts.includes(''))) return false;
  if (step.step === 'default') return step.text === '' || before;
  if (step.step === 'map') return before && step.values[''] === undefined;
  return before || step.step === 'trim';
}
