import { type AliasableExpression, type Expression, sql } from 'kysely';
import { asText, md5Text } from '../../functions/functions.ts';

/**
 * HyperLogLog in plain SQL, which means the same on every engine: a key is hashed by MD5; three hexadecimal digits of the hash choose one of
 * 4096 registers, and the position of the first bit that is set in the 52 bits after them is its rank. A register is the highest rank of its
 * keys, so that the sketch of a union is the maximum of sketches. Registers without a key are not stored.
 *
 * P. Flajolet and others, HyperLogLog, 2007 (https://algo.inria.fr/flajolet/Publications/FlFuGaMe07.pdf).
 */
const registers = 4096;
const registerDigits = 3;
const rankDigits = 13;

/** The standard error of an estimate, as a part of the true number: 1.04 / sqrt(4096), as in the paper. */
export const sketchError = 1.04 / Math.sqrt(registers);

/** The register of a key. */
export const sketchRegister = (key: Expression<unknown>): AliasableExpression<string> =>
  sql<string>`substring(${md5Text(asText(key))}, 1, ${sql.lit(registerDigits)})`;

/** The rank of a key, from 1. */
export function sketchRank(key: Expression<unknown>): AliasableExpression<number> {
  const digits = sql`substring(${md5Text(asText(key))}, ${sql.lit(registerDigits + 1)}, ${sql.lit(rankDigits)})`;
  const rest = sql`trim(leading '0' from ${digits})`;
  // Four bits a digit, and those of the first one that is not 0: letters come after digits.
  const bits = sql`case when ${rest} >= '8' then 1 when ${rest} >= '4' then 2 when ${rest} >= '2' then 3 when ${rest} >= '1' then 4 else 1 end`;
  return sql<number>`cast((${sql.lit(rankDigits)} - length(${rest})) * 4 + ${bits} as integer)`;
}

const double = (value: number | string) => sql<number>`cast(${sql.lit(value)} as double)`;

/** Terms of the series for registers without a key: the next one is below 1e-50 for a sketch with a single key. */
const terms = 20;

/**
 * The number of keys of a sketch, from its registers that have one. It is the estimator of Otmar Ertl, which needs no tables and no switch
 * between small and large numbers (https://arxiv.org/abs/1702.01284, section 4).
 *
 * @param filled how many registers have a key
 * @param inverse the sum of `2^-rank` over them
 */
export function sketchEstimate(
  filled: Expression<unknown>,
  inverse: Expression<unknown>,
): AliasableExpression<number> {
  const empty = sql`(cast(${sql.lit(registers)} - ${filled} as double) / ${double(registers)})`;
  const series = Array.from(
    { length: terms },
    (_, index) => sql`power(${empty}, ${double(2 ** (index + 1))}) * ${double(2 ** index)}`,
  );
  const sum = sql`${empty} + ${sql.join(series, sql` + `)}`;
  const whole = sql`${double(registers)} * (${sum}) + ${inverse}`;
  return sql<number>`cast(round(${double(registers ** 2 / (2 * Math.LN2))} / (${whole})) as bigint)`;
}

/** `2^-rank`, to be summed over the registers. */
export const inverseOfRank = (rank: Expression<unknown>): AliasableExpression<number> =>
  sql<number>`power(${double(2)}, -${rank})`;
