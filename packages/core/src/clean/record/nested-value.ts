import type { PathStep } from '../../table/nested-path.ts';
import type { Column } from '../../table/table-schema.ts';
import { isRepeatedName, JsonNumber, type JsonObject, type JsonValue } from './json-reader.ts';
import { plainDigits } from './plain-digits.ts';

/** A path that goes through a name which its object has more than once: readers differ in which value they take. */
export const repeatedName: unique symbol = Symbol('a name stands twice');

/** Whether a value is an object or a list. */
export const isNested = (value: JsonValue): value is JsonObject | readonly JsonValue[] =>
  typeof value === 'object' && value !== null && !(value instanceof JsonNumber);

const isObject = (value: JsonValue): value is JsonObject => isNested(value) && !Array.isArray(value);

/**
 * Follows a path of members, places and selectors.
 *
 * @returns undefined where a step finds nothing, and where a value of another kind is on the way
 */
export function nestedValue(start: JsonValue, steps: readonly PathStep[]): JsonValue | typeof repeatedName {
  let value = start;
  for (const step of steps) {
    if (step.step === 'member') {
      if (!isObject(value)) return undefined;
      if (isRepeatedName(value, step.name)) return repeatedName;
      value = Object.hasOwn(value, step.name) ? value[step.name] : undefined;
    } else {
      if (!Array.isArray(value)) return undefined;
      const list: readonly JsonValue[] = value;
      if (step.step === 'element') value = list[step.index];
      else if (step.step === 'first') {
        const { name, text } = step;
        const items = list.filter(isObject);
        if (items.some((item) => isRepeatedName(item, name))) return repeatedName;
        value = items.find((item) => Object.hasOwn(item, name) && scalarText(item[name]) === text);
      }
    }
  }
  return value;
}

/** The text of a value; null for null, and for an object or a list. */
function scalarText(value: JsonValue): string | null {
  if (value === null || value === undefined || isNested(value)) return null;
  return value instanceof JsonNumber ? value.digits : String(value);
}

/** The raw text of a value for a column: a number by its digits, which a decimal column reads without an exponent. */
export function rawText(value: JsonValue, { type }: Column): string | null {
  const text = scalarText(value);
  const isNumber = typeof value === 'number' || value instanceof JsonNumber;
  return text !== null && isNumber && type.kind === 'decimal' ? plainDigits(text) : text;
}
