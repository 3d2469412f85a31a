const longDigits = /\d{16}/;
const isWhole = /^-?\d+$/;

/**
 * Parses JSON without rounding: a whole number that a double cannot represent becomes a `bigint`. A reviver for every number
 * (https://github.com/tc39/proposal-json-parse-with-source) is slow, so it is used only if some number has 16 digits.
 */
export function exactJson(text: string): unknown {
  if (!longDigits.test(text)) return JSON.parse(text);
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && isWhole.test(context?.source ?? '')
      ? BigInt(context?.source ?? '')
      : value;
  // TypeScript's declaration of the reviver lacks the third argument, which Node has since 21.
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}
