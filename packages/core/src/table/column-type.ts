import { z } from 'zod';
import { maxNumberPrecision } from './data-type.ts';

/** The precision and scale of a decimal zod type. Kept beside the type because zod has no decimal of its own. */
export const decimals: z.core.$ZodRegistry<{ precision: number; scale: number }> = z.registry<{
  precision: number;
  scale: number;
}>();

type Digits1To15 = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** A number for up to 15 digits (a double holds them all), else a string. */
export type DecimalType<Precision extends number> = Precision extends Digits1To15 ? z.ZodNumber : z.ZodString;

/**
 * An exact decimal column. Rows carry a `number` up to 15 digits and a `string` above.
 *
 * @param precision all digits, 1 to 38
 * @param scale digits after the point, 0 to `precision`
 * @example `decimal(10, 2).min(0)` is stored as `DECIMAL(10,2)`, and negative values are rejected
 */
export function decimal<const Precision extends number>(
  precision: Precision,
  scale: number,
): DecimalType<Precision> {
  const whole = Number.isInteger(precision) && Number.isInteger(scale);
  if (!whole || precision < 1 || precision > 38 || scale < 0 || scale > precision) {
    throw new RangeError(`decimal(${precision}, ${scale}): precision is 1 to 38 and scale 0 to precision`);
  }
  const type =
    precision <= maxNumberPrecision
      ? z.number()
      : z.string().regex(new RegExp(`^-?[0-9]{1,${precision - scale || 1}}(\\.[0-9]{${scale}})?$`));
  decimals.add(type, { precision, scale });
  return type as DecimalType<Precision>;
}

/** An instant in UTC with millisecond precision. Rows carry a `Date`. */
export function timestamp(): z.ZodDate {
  return z.date();
}

/** A calendar date. Rows carry the text `YYYY-MM-DD`. */
export function calendarDate(): z.ZodISODate {
  return z.iso.date();
}
