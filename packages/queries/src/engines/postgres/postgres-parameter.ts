import { HeadwaterError } from '@headwater/core';

/**
 * A JavaScript value as the text that PostgreSQL reads by the type it expects: `$1` has the type of what it is compared with.
 * The driver's own texts are not used, since they write times in the zone of this process.
 *
 * @param position of the parameter, from 1, for the message
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID` for a value that has no text
 * @example postgresParameter(new Date(0), 1) // '1970-01-01T00:00:00.000Z'
 * @example postgresParameter(['a', null], 1) // '{"a",null}'
 */
export function postgresParameter(value: unknown, position: number): string | null {
  const invalid = (problem: string): never => {
    throw new HeadwaterError('QUERY_PARAMETER_INVALID', { position, problem });
  };
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'string':
      // A lone surrogate would be replaced by another character, and PostgreSQL has no text with a null byte.
      if (!value.isWellFormed()) return invalid('is a text that is not well-formed Unicode');
      return value.includes('\0')
        ? invalid('is a text with a null byte, which PostgreSQL cannot hold')
        : value;
  }
  if (value instanceof Date) return instantText(value) ?? invalid('is a time outside the years 1 to 9999');
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return `{${items.map((item) => arrayItem(item, position)).join(',')}}`;
  }
  return invalid('is none of text, number, bigint, boolean, Date, null, or a list of these');
}

/** Columns without a zone ignore the Z, and are in UTC; columns with one read it. */
function instantText(value: Date): string | undefined {
  const year = value.getUTCFullYear();
  // The year of an invalid date is NaN, so the comparison is false.
  return year >= 1 && year <= 9999 ? value.toISOString() : undefined;
}

/** An item as an array's text has it (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO). */
function arrayItem(item: unknown, position: number): string {
  const text = postgresParameter(item, position);
  if (text === null || Array.isArray(item)) return String(text);
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
