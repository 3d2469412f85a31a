const guide = 'https://docs.aws.amazon.com/databrew/latest/dg';

/** The flags of REMOVE_COMBINED. An action has all of them, `"true"` or `"false"`, as in the guide's examples. */
export const removeCombinedFlags = [
  'collapseConsecutiveWhitespace',
  'removeAllPunctuation',
  'removeAllQuotes',
  'removeAllWhitespace',
  'removeCustomCharacters',
  'removeCustomValue',
  'removeLeadingAndTrailingPunctuation',
  'removeLeadingAndTrailingQuotes',
  'removeLeadingAndTrailingWhitespace',
  'removeLetters',
  'removeNumbers',
  'removeSpecialCharacters',
] as const;

/**
 * The recipe actions that a recipe of ours has, with their parameters, and the page of AWS's guide that describes each. No other
 * action, and no other parameter, is used: the API takes any name, and the service refuses those that it does not know.
 *
 * REMOVE_VALUES has no page of its own; the chapter on recipes has the example that it is used by. REMOVE_COMBINED's page lists two of
 * its flags by names that its own examples do not have; those of the examples are used.
 */
export const recipeOperations = {
  CHANGE_DATA_TYPE: {
    page: `${guide}/recipe-actions.CHANGE_DATA_TYPE.html`,
    parameters: ['sourceColumn', 'columnDataType'],
  },
  DATE_FORMAT: {
    page: `${guide}/recipe-actions.functions.DATE_FORMAT.html`,
    parameters: ['sourceColumn', 'dateTimeFormat', 'targetColumn'],
  },
  DELETE: { page: `${guide}/recipe-actions.DELETE.html`, parameters: ['sourceColumn'] },
  DELETE_DUPLICATE_ROWS: { page: `${guide}/recipe-actions.DELETE_DUPLICATE_ROWS.html`, parameters: [] },
  DUPLICATE: {
    page: `${guide}/recipe-actions.DUPLICATE.html`,
    parameters: ['sourceColumn', 'targetColumn'],
  },
  FILL_WITH_CUSTOM: {
    page: `${guide}/recipe-actions.FILL_WITH_CUSTOM.html`,
    parameters: ['sourceColumn', 'columnDataType', 'value'],
  },
  FILL_WITH_EMPTY: { page: `${guide}/recipe-actions.FILL_WITH_EMPTY.html`, parameters: ['sourceColumn'] },
  FILL_WITH_NULL: { page: `${guide}/recipe-actions.FILL_WITH_NULL.html`, parameters: ['sourceColumn'] },
  LOWER_CASE: { page: `${guide}/recipe-actions.LOWER_CASE.html`, parameters: ['sourceColumn'] },
  REMOVE_COMBINED: {
    page: `${guide}/recipe-actions.REMOVE_COMBINED.html`,
    parameters: ['sourceColumn', ...removeCombinedFlags],
  },
  REMOVE_DUPLICATES: {
    page: `${guide}/recipe-actions.REMOVE_DUPLICATES.html`,
    parameters: ['sourceColumn'],
  },
  REMOVE_MISSING: { page: `${guide}/recipe-actions.REMOVE_MISSING.html`, parameters: ['sourceColumn'] },
  REMOVE_VALUES: { page: `${guide}/recipes.html#recipes.structure`, parameters: ['sourceColumn'] },
  RENAME: { page: `${guide}/recipe-actions.RENAME.html`, parameters: ['sourceColumn', 'targetColumn'] },
  REPLACE_TEXT: {
    page: `${guide}/recipe-actions.REPLACE_TEXT.html`,
    parameters: ['sourceColumn', 'pattern', 'value'],
  },
  UNIX_TIME_FORMAT: {
    page: `${guide}/recipe-actions.functions.UNIX_TIME_FORMAT.html`,
    parameters: ['sourceColumn', 'dateTimeFormat', 'targetColumn'],
  },
} as const satisfies Readonly<
  Record<string, { readonly page: string; readonly parameters: readonly string[] }>
>;

/** A recipe action that a recipe of ours may have. */
export type DataBrewOperation = keyof typeof recipeOperations;

/** The parameters of a recipe action. All are text. */
export type DataBrewParameters<Operation extends DataBrewOperation> = Readonly<
  Record<(typeof recipeOperations)[Operation]['parameters'][number], string>
>;

/** The conditions that a recipe of ours has (https://docs.aws.amazon.com/databrew/latest/dg/recipes.html#recipes.structure). */
export type DataBrewCondition =
  | 'IS'
  | 'IS_NOT'
  | 'ENDS_WITH'
  | 'IS_MISSING'
  | 'LESS_THAN'
  | 'LESS_THAN_EQUAL'
  | 'GREATER_THAN'
  | 'GREATER_THAN_EQUAL';
