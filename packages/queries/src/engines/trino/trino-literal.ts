import { HeadwaterError } from '@headwater/core';

/**
 * A JavaScript value as a typed SQL literal of Trino. Only a quote ends a text, and there are no escapes
 * (https://trino.io/docs/current/language/types.html#varchar), so doubling the quotes is enough.
 *
 * @param position of the parameter, from 1, for the message
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID` for a value that has no literal
 * @example trinoLiteral("it's", 1) // "'it''s'"
 * @example trinoLiteral(new Date(0), 1) // "timestamp '1970-01-01 00:00:00.000'"
 */
export function trinoLiteral(value: unknown, position: number): string {
  const invalid = (problem: string): never => {
    throw new HeadwaterError('QUERY_PARAMETER_INVALID', { position, problem });
  };
  if (value === null || value === undefined) return 'null';
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'bigint':
      return bigintLiteral(value) ?? invalid('is an integer of more than 38 digits');
    case 'number':
      return numberLiteral(value);
    case 'string':
      // A lone surrogate would be replaced by another character.
      return value.isWellFormed() ? textLiteral(value) : invalid('is a text that is not well-formed Unicode');
  }
  if (value instanceof Date)
    return timestampLiteral(value) ?? invalid('is a time outside the years 1 to 9999');
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return `array[${items.map((item) => trinoLiteral(item, position)).join(', ')}]`;
  }
  return invalid('is none of text, number, bigint, boolean, Date, null, or a list of these');
}

const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function bigintLiteral(value: bigint): string | undefined {
  if (BigInt.asIntN(64, value) === value) return `bigint '${value}'`;
  const digits = String(value);
  return digits.replace('-', '').length <= 38 ? `decimal '${digits}'` : undefined;
}

/** A fraction without an exponent is an exact decimal in Trino, so prices are compared exactly. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return 'nan()';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity()' : '-infinity()';
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0e0' : String(value);
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}e0` : text;
}

function timestampLiteral(value: Date): string | undefined {
  const year = value.getUTCFullYear();
  // The year of an invalid date is NaN, so the comparison is false.
  if (!(year >= 1 && year <= 9999)) return undefined;
  return `timestamp '${value.toISOString().slice(0, -1).replace('T', ' ')}'`;
}
