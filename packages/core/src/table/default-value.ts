import * as z from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import type { ColumnMetadata } from './column-metadata.ts';
import type { DataType } from './data-type.ts';
import type { ZodReading } from './from-zod.ts';
import type { Column } from './table-schema.ts';

/**
 * A column's `default` as text that every engine casts to the column's type.
 *
 * @throws HeadwaterError `DEFINITION_INVALID` for a value that the column would reject, and for an optional column
 * @example `'1970-01-01T00:00:00Z'` gives `1970-01-01 00:00:00.000`, `2.5` in a `decimal(10, 2)` gives `2.50`
 */
export function defaultValueText(
  table: string,
  column: string,
  { type, nullable, metadata }: ZodReading,
  zodType: z.core.$ZodType,
): string {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  if (nullable)
    fail(
      'has a default but is optional, so rows of older files would look like new ones',
      'Make it required, or remove the default: older files then read null',
    );
  const given = metadata.default;
  // The metadata holds a timestamp as text.
  const value = type.kind === 'timestamp' ? new Date(String(given)) : given;
  const fix = "Set a default of the column's own type that its checks accept";
  if (!z.safeParse(zodType, value).success) fail('its default is not a valid value of the column', fix);
  return exactText(type, value) ?? fail('its default cannot be represented exactly', fix);
}

/**
 * The value of a column that a source sets, as text that every engine casts to the column's type.
 *
 * @param where the source, as messages name it
 * @throws HeadwaterError `DEFINITION_INVALID` for a value that the column would reject
 */
export function constantText(
  table: string,
  where: string,
  { name, type }: Pick<Column, 'name' | 'type'>,
  zodType: z.core.$ZodType | undefined,
  value: unknown,
): string {
  const fail = (problem: string): never => {
    const fix = "Set a value of the column's own type that its checks accept";
    throw new HeadwaterError('DEFINITION_INVALID', { table, column: name, problem, fix });
  };
  const isValid = value !== null && value !== undefined && zodType && z.safeParse(zodType, value).success;
  if (!isValid) fail(`the constant of ${where} is not a valid value of the column`);
  const text = exactText(type, value as ColumnMetadata['default'] | Date);
  return text ?? fail(`the constant of ${where} cannot be represented exactly`);
}

/** A value as text that every engine casts to the type. Undefined when the type cannot hold it exactly. */
export function exactText(type: DataType, value: ColumnMetadata['default'] | Date): string | undefined {
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
  if (type.kind !== 'decimal') return String(value);
  const text = typeof value === 'number' ? value.toFixed(type.scale) : String(value);
  const digits = /^-?0*(\d*?)(?:\.(\d+))?$/.exec(text);
  const fits = digits !== null && (digits[1] ?? '').length <= type.precision - type.scale;
  return fits && (typeof value !== 'number' || Number(text) === value) ? text : undefined;
}
