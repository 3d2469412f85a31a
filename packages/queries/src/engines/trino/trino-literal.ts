import { HeadwaterError } from '@headwater/core';

/**
 * A JavaScript value as a SQL literal of Trino, each with its type. A text is closed by nothing but its own quote
 * (https://trino.io/docs/current/language/types.html#varchar): there are no escapes, so doubling the quote is enough.
 *
 * @param position of the parameter, from 1, for the message
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID` for what no literal can say
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
      // Half of a surrogate pair would become another character on the way.
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

/** Without an exponent a fraction is an exact decimal, as it is written, which is how prices are compared. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return 'nan()';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity()' : '-infinity()';
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0e0' : String(value);
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}e0` : text;
}

function timestampLiteral(value: Date): string | undefined {
  const year = value.getUTCFullYear();
  // An invalid date has no year, and every comparison with it is false.
  if (!(year >= 1 && year <= 9999)) return undefined;
  return `timestamp '${value.toISOString().slice(0, -1).replace('T', ' ')}'`;
}
