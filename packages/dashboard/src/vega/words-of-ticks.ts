/**
 * An expression of Vega that gives each value of an axis its words: they are made here, so that an axis writes numbers and days as
 * the rest of the page does. Words of two lines are a list.
 */
export const wordsOfTicks = (
  words: readonly (readonly [value: number, text: string | readonly string[]])[],
): string => `(${JSON.stringify(Object.fromEntries(words))})[datum.value]`;
