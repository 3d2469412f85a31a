const longDigits = /\d{16}/;
const isWhole = /^-?\d+$/;

/**
 * Reads JSON without rounding: a whole number that a double cannot hold becomes a `bigint`. The second reading, number by
 * number (https://github.com/tc39/proposal-json-parse-with-source), is only done where some number has 16 digits.
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
