import {
  type DataBrewCondition,
  type DataBrewOperation,
  type DataBrewParameters,
  removeCombinedFlags,
} from './recipe-operations.ts';

/** A condition of a step (https://docs.aws.amazon.com/databrew/latest/dg/API_ConditionExpression.html). */
export interface DataBrewConditionExpression {
  readonly Condition: DataBrewCondition;
  /** At most 1024 characters. For IS and IS_NOT a list of texts, as JSON. */
  readonly Value?: string;
  readonly TargetColumn: string;
}

/** A step of a recipe (https://docs.aws.amazon.com/databrew/latest/dg/API_RecipeStep.html). */
export interface DataBrewRecipeStep {
  readonly Action: {
    readonly Operation: DataBrewOperation;
    readonly Parameters: Readonly<Record<string, string>>;
  };
  /** The action applies to the rows that meet all of them. */
  readonly ConditionExpressions?: DataBrewConditionExpression[];
}

/** A step. Its parameters are those that the guide has for the operation, and no other. */
export const recipeStep = <Operation extends DataBrewOperation>(
  operation: Operation,
  parameters: DataBrewParameters<Operation>,
  conditions: readonly DataBrewConditionExpression[] = [],
): DataBrewRecipeStep => ({
  Action: { Operation: operation, Parameters: parameters },
  ...(conditions.length > 0 ? { ConditionExpressions: [...conditions] } : {}),
});

/** A step of REMOVE_COMBINED with one of its flags set, and the text that it removes. */
export function removeCombined(
  sourceColumn: string,
  flag: (typeof removeCombinedFlags)[number],
  more: { readonly customValue?: string } = {},
  conditions?: readonly DataBrewConditionExpression[],
): DataBrewRecipeStep {
  const flags = Object.fromEntries(removeCombinedFlags.map((one) => [one, String(one === flag)]));
  const parameters = { sourceColumn, ...flags, ...more } as DataBrewParameters<'REMOVE_COMBINED'>;
  return recipeStep('REMOVE_COMBINED', parameters, conditions);
}

/** The maximum of a condition's value. */
const mostValue = 1024;

/**
 * Conditions on a list of texts, as short as AWS takes them: IS holds for any of the texts, so each list of it needs a step of its own;
 * IS_NOT holds for all of them, so its lists can be conditions of one step.
 */
export function listConditions(
  condition: 'IS' | 'IS_NOT',
  column: string,
  texts: readonly string[],
): DataBrewConditionExpression[] {
  const lists: string[][] = [];
  for (const text of texts) {
    const last = lists.at(-1);
    if (last && JSON.stringify([...last, text]).length <= mostValue) last.push(text);
    else lists.push([text]);
  }
  return lists.map((list) => ({ Condition: condition, Value: JSON.stringify(list), TargetColumn: column }));
}
