import { z } from 'zod';
import { maxNumberPrecision } from './data-type.ts';
import { decimalUnits } from './decimal-text.ts';

type Digits1To15 = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** What rows carry for a decimal: a number for up to 15 digits (a double holds them all), else a string. */
export type DecimalValue<Precision extends number> = Precision extends Digits1To15 ? number : string;

/** The zod type of a decimal column: one of {@link DecimalValue}. */
export type DecimalType<Precision extends number> = Precision extends Digits1To15 ? z.ZodNumber : z.ZodString;

/** Bounds of a decimal, under zod's names: `min` and `max` are themselves allowed, `gt` and `lt` are not. */
export interface DecimalBounds<Value extends number | string = number | string> {
  readonly min?: Value;
  readonly gt?: Value;
  readonly max?: Value;
  readonly lt?: Value;
}

/** What {@link decimal} keeps beside its zod type, because zod has no decimal of its own. */
export interface DecimalMetadata {
  readonly precision: number;
  readonly scale: number;
  /** Bounds that zod cannot hold: those of decimals that rows carry as text. */
  readonly bounds: DecimalBounds<string>;
  /** How many of the type's checks say nothing but the precision, the scale and the bounds. */
  readonly ownChecks: number;
}

export const decimals: z.core.$ZodRegistry<DecimalMetadata> = z.registry<DecimalMetadata>();

/**
 * An exact decimal column. Rows carry a `number` up to 15 digits and a `string` above.
 *
 * @param precision all digits, 1 to 38
 * @param scale digits after the point, 0 to `precision`
 * @param bounds the smallest and largest values, as rows carry them. Up to 15 digits they may be chained as well
 * @throws RangeError for a precision, a scale or a bound that no such decimal has
 * @example
 * ```ts
 * decimal(10, 2).min(0); // DECIMAL(10,2), negative values are rejected
 * decimal(20, 4, { min: '0', lt: '1000000000000' }); // DECIMAL(20,4), exact to the last digit
 * ```
 */
export function decimal<const Precision extends number>(
  precision: Precision,
  scale: number,
  bounds: DecimalBounds<DecimalValue<Precision>> = {},
): DecimalType<Precision> {
  const whole = Number.isInteger(precision) && Number.isInteger(scale);
  if (!whole || precision < 1 || precision > 38 || scale < 0 || scale > precision) {
    throw new RangeError(`decimal(${precision}, ${scale}): precision is 1 to 38 and scale 0 to precision`);
  }
  const type =
    precision <= maxNumberPrecision
      ? numberDecimal(precision, scale, bounds as DecimalBounds<number>)
      : textDecimal(precision, scale, bounds as DecimalBounds<string>);
  return type as DecimalType<Precision>;
}

function numberDecimal(precision: number, scale: number, { min, gt, max, lt }: DecimalBounds<number>) {
  let type = z.number();
  if (min !== undefined) type = type.min(min);
  if (gt !== undefined) type = type.gt(gt);
  if (max !== undefined) type = type.max(max);
  if (lt !== undefined) type = type.lt(lt);
  decimals.add(type, { precision, scale, bounds: {}, ownChecks: 0 });
  return type;
}

function textDecimal(precision: number, scale: number, bounds: DecimalBounds<string>) {
  const spelling = (places: string): RegExp =>
    new RegExp(`^-?[0-9]{1,${precision - scale || 1}}${scale > 0 ? `(\\.[0-9]{${places}})?` : ''}$`);
  const fits = spelling(`1,${scale}`);
  const limits = boundNames.flatMap((name) => {
    const bound = bounds[name];
    if (bound === undefined) return [];
    if (!fits.test(bound))
      throw new RangeError(
        `decimal(${precision}, ${scale}): the bound ${name} "${bound}" is not such a decimal`,
      );
    return { isOutside: outside[name], bound: decimalUnits(bound) };
  });
  // A text of another shape is refused by the pattern, and not compared.
  const plain = z.string().regex(spelling(String(scale)), { abort: true });
  const within = (text: string): boolean =>
    limits.every(({ isOutside, bound }) => !isOutside(decimalUnits(text), bound));
  const type = limits.length > 0 ? plain.refine(within, { error: 'Out of bounds' }) : plain;
  decimals.add(type, { precision, scale, bounds, ownChecks: limits.length > 0 ? 2 : 1 });
  return type;
}

const boundNames = ['min', 'gt', 'max', 'lt'] as const satisfies readonly (keyof DecimalBounds)[];

/** When a value breaks the bound of that name. */
const outside: {
  readonly [Name in (typeof boundNames)[number]]: (value: bigint, bound: bigint) => boolean;
} = {
  min: (value, bound) => value < bound,
  gt: (value, bound) => value <= bound,
  max: (value, bound) => value > bound,
  lt: (value, bound) => value >= bound,
};

/** An instant in UTC with millisecond precision. Rows carry a `Date`. */
export function timestamp(): z.ZodDate {
  return z.date();
}

/** A calendar date. Rows carry the text `YYYY-MM-DD`. */
export function calendarDate(): z.ZodISODate {
  return z.iso.date();
}
