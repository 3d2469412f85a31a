/** A value that JSON holds without loss. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[];

/**
 * A value of an answer or a parameter as JSON that every reader takes as it is: 64-bit integers are text, since most
 * readers of JSON round numbers beyond 2^53; times are ISO 8601. Decimals that are wider than a number come as text already.
 *
 * @example jsonValue(9007199254740993n) // '9007199254740993'
 */
export function jsonValue(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(jsonValue);
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
