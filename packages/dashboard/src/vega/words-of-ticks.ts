/**
 * An expression of Vega that gives each value of an axis its words: they are made here, so that an axis writes numbers and days as
 * the rest of the page does. Words of two lines are a list.
 */
export const wordsOfTicks = (
  words: readonly (readonly [value: number, text: string | readonly string[]])[],
): string => `(${JSON.stringify(Object.fromEntries(words))})[datum.value]`;

/** The words of an expression that {@link wordsOfTicks} wrote, by the values of the axis; undefined for another expression. */
export function ticksOfWords(expression: string): object | undefined {
  const [, words] = /^\((\{.*\})\)\[datum\.value\]$/s.exec(expression) ?? [];
  return words === undefined ? undefined : (JSON.parse(words) as object);
}
