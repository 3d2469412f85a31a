/** Parses JSON and keeps every number as its text, which the caller decodes by its type. */
export function jsonTexts(text: string): unknown {
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? value) : value;
  // TypeScript's declaration of the reviver lacks the third argument, which Node has since 21.
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}
