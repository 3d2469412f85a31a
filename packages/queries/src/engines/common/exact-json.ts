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
  // The declared reviver does not know the third argument yet, which Node has since 21.
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

/** Reads JSON with every number as the text that it is written in, for readers who know what type each has. */
export function jsonTexts(text: string): unknown {
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? value) : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}
