import * as z from 'zod';
import { maxNumberPrecision } from './data-type.ts';
import { decimalUnits } from './decimal-text.ts';
import type { EpochUnit, TimeFormat } from './time-format.ts';

type Digits1To15 = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** The JavaScript type of a decimal: a number up to 15 digits, which a double represents exactly, else a string. */
export type DecimalValue<Precision extends number> = Precision extends Digits1To15 ? number : string;

/** The zod type of a decimal column. Its values are {@link DecimalValue}. */
export type DecimalType<Precision extends number> = Precision extends Digits1To15 ? z.ZodNumber : z.ZodString;

/** Bounds of a decimal, with zod's names: `min` and `max` are inclusive, `gt` and `lt` exclusive. */
export interface DecimalBounds<Value extends number | string = number | string> {
  readonly min?: Value;
  readonly gt?: Value;
  readonly max?: Value;
  readonly lt?: Value;
}

/** The data that {@link decimal} stores beside its zod type, because zod has no decimal type. */
export interface DecimalMetadata {
  readonly precision: number;
  readonly scale: number;
  /** The bounds of decimals that are text in rows. zod cannot express them. */
  readonly bounds: DecimalBounds<string>;
  /** The number of the type's checks that `decimal()` itself added, for the precision, the scale and the bounds. */
  readonly ownChecks: number;
  /** The problem of the arguments. `defineEvents` rejects it, naming the table and the column. */
  readonly problem?: string;
}

export const decimals: z.core.$ZodRegistry<DecimalMetadata> = z.registry<DecimalMetadata>();

/**
 * An exact decimal column. Its values are `number` up to 15 digits and `string` above. `defineEvents` rejects a precision or a
 * scale out of range, and a bound that the decimal cannot represent.
 *
 * @param precision number of digits, 1 to 38
 * @param scale number of digits after the point, 0 to `precision`
 * @param bounds the smallest and largest values, in the type of its values. Up to 15 digits, `.min()` and the like work too
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
  const isWhole = Number.isInteger(precision) && Number.isInteger(scale);
  const isInvalid = !isWhole || precision < 1 || precision > 38 || scale < 0 || scale > precision;
  const type = isInvalid
    ? invalidDecimal(precision, scale)
    : precision <= maxNumberPrecision
      ? numberDecimal(precision, scale, bounds as DecimalBounds<number>)
      : textDecimal(precision, scale, bounds as DecimalBounds<string>);
  return type as DecimalType<Precision>;
}

function invalidDecimal(precision: number, scale: number) {
  const type = precision <= maxNumberPrecision ? z.number() : z.string();
  const problem = `decimal(${precision}, ${scale}): the precision must be 1 to 38 and the scale 0 to the precision`;
  decimals.add(type, { precision, scale, bounds: {}, ownChecks: 0, problem });
  return type;
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
  const given = boundNames.flatMap((name) => {
    const bound = bounds[name];
    return bound === undefined ? [] : [{ name, bound }];
  });
  const wrong = given.find(({ bound }) => !fits.test(bound));
  const limits = given
    .filter(({ bound }) => fits.test(bound))
    .map(({ name, bound }) => ({ isOutside: outside[name], bound: decimalUnits(bound) }));
  // The pattern rejects a text of another form before it is compared.
  const plain = z.string().regex(spelling(String(scale)), { abort: true });
  const within = (text: string): boolean =>
    limits.every(({ isOutside, bound }) => !isOutside(decimalUnits(text), bound));
  const type = limits.length > 0 ? plain.refine(within, { error: 'Out of bounds' }) : plain;
  const problem =
    wrong &&
    `decimal(${precision}, ${scale}): the bound ${wrong.name} "${wrong.bound}" does not fit the precision and scale`;
  const ownChecks = limits.length > 0 ? 2 : 1;
  decimals.add(type, { precision, scale, bounds, ownChecks, ...(problem ? { problem } : {}) });
  return type;
}

const boundNames = ['min', 'gt', 'max', 'lt'] as const satisfies readonly (keyof DecimalBounds)[];

/** For each bound, whether a value violates it. */
const outside: {
  readonly [Name in (typeof boundNames)[number]]: (value: bigint, bound: bigint) => boolean;
} = {
  min: (value, bound) => value < bound,
  gt: (value, bound) => value <= bound,
  max: (value, bound) => value > bound,
  lt: (value, bound) => value >= bound,
};

/** How the texts of a timestamp column are written. Exactly one unit, or formats with or without a zone. */
export type TimeOptions =
  | { readonly from: EpochUnit; readonly formats?: never; readonly zone?: never }
  | { readonly from?: never; readonly formats?: readonly [string, ...string[]]; readonly zone?: string };

/** The options of {@link timestamp} by its zod type, because zod has no place for them. */
export const times: z.core.$ZodRegistry<{ readonly time: TimeFormat }> = z.registry<{
  readonly time: TimeFormat;
}>();

/**
 * An instant in UTC with millisecond precision. Rows carry a `Date`. Without options, texts are `YYYY-MM-DD HH:MM:SS`, in UTC
 * unless they have an offset.
 *
 * @param options how source files write the times: `from` for counts since 1970; `formats` for other spellings, whose tokens
 * `timeTokens` lists; `zone`, an IANA name or an offset, for times without an offset of their own. `defineEvents` rejects
 * options that are not exact.
 * @example
 * ```ts
 * timestamp({ from: 'epoch-seconds' }); // 1511544070
 * timestamp({ formats: ['M/D/YYYY H:mm'], zone: 'Europe/London' }); // 12/1/2010 8:26
 * timestamp({ zone: 'Asia/Shanghai' }); // 2017-11-25 01:21:10
 * ```
 */
export function timestamp(options: TimeOptions = {}): z.ZodDate {
  const type = z.date();
  const { from, formats, zone, ...others } = options;
  const given: TimeFormat = {
    ...(from === undefined ? {} : { from }),
    ...(formats === undefined ? {} : { formats }),
    ...(zone === undefined ? {} : { zone }),
    // For plain JavaScript: `defineEvents` names a misspelled option.
    ...others,
  };
  if (Object.keys(given).length > 0) times.add(type, { time: given });
  return type;
}

/** A calendar date. Rows carry the text `YYYY-MM-DD`. */
export function calendarDate(): z.ZodISODate {
  return z.iso.date();
}
