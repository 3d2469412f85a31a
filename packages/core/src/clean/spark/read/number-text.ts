import { sparkText } from '../../../types/spark-type.ts';

/** SQL that names a value, so that it is computed once. */
const withName = (value: string, name: string, body: string): string =>
  `get(transform(array(${value}), ${name} -> ${body}), 0)`;

const parts = '\\A(-?)([0-9]+)(?:[.]([0-9]*))?[eE]([+-]?[0-9]{1,3})\\z';

/**
 * SQL that writes a number in plain digits: `1.5e-7` as `0.00000015`. The digits stay the same. A text that is no such number, or has
 * an exponent of more than three digits, stays as it is.
 *
 * @param text may be repeated
 */
export function plainDigits(text: string): string {
  const digits = 'concat(number[1], number[2])';
  const length = `char_length(${digits})`;
  const point = '(char_length(number[1]) + CAST(number[3] AS INT))';
  const written = `concat(number[0], CASE
    WHEN ${point} <= 0 THEN concat('0.', repeat('0', -${point}), ${digits})
    WHEN ${point} >= ${length} THEN concat(${digits}, repeat('0', ${point} - ${length}))
    ELSE concat(substr(${digits}, 1, ${point}), '.', substr(${digits}, ${point} + 1)) END)`;
  const split = `split(regexp_replace(${text}, ${sparkText(parts)}, '$1,$2,$3,$4'), ',', -1)`;
  return `CASE WHEN ${text} RLIKE ${sparkText(parts)} THEN ${withName(split, 'number', written)} ELSE ${text} END`;
}

/** How an engine writes a floating-point number. */
interface FloatingStyle {
  /** The powers of ten between which it writes no exponent. */
  readonly from: number;
  readonly to: number;
  /** SQL for an exponent. */
  exponent(power: string): string;
}

/** The JSON writer of DuckDB: as JavaScript, but for the sign of an exponent. */
const jsonStyle: FloatingStyle = { from: -6, to: 20, exponent: (power) => `CAST(${power} AS STRING)` };
/** DuckDB's casts to text. */
const castStyle: FloatingStyle = {
  from: -4,
  to: 15,
  exponent: (power) =>
    `concat(CASE WHEN ${power} < 0 THEN '-' ELSE '+' END, lpad(CAST(abs(${power}) AS STRING), greatest(2, char_length(CAST(abs(${power}) AS STRING))), '0'))`,
};

/**
 * SQL for the shortest text that stands for a finite floating-point number. Java 17 does not always write the shortest one
 * (https://bugs.openjdk.org/browse/JDK-4511638), so each length is tried.
 *
 * @param value SQL of a DOUBLE; it may be repeated
 */
function floatingText(
  value: string,
  type: 'DOUBLE' | 'FLOAT',
  { from, to, exponent }: FloatingStyle,
): string {
  const tries = `transform(sequence(0, ${type === 'DOUBLE' ? 16 : 8}), places -> format_string(concat('%.', places, 'e'), CAST(${value} AS DOUBLE)))`;
  const shortest = `get(filter(${tries}, one -> CAST(one AS ${type}) = ${value}), 0)`;
  const split = `split(regexp_replace(${shortest}, ${sparkText('\\A(-?)([0-9])[.]?([0-9]*)e([+-][0-9]+)\\z')}, '$1,$2,$3,$4'), ',', -1)`;
  const digits = `concat(number[1], rtrim('0', number[2]))`;
  const length = `char_length(${digits})`;
  const power = 'CAST(number[3] AS INT)';
  const written = `concat(number[0], CASE
    WHEN ${power} BETWEEN 0 AND ${to} AND ${length} <= ${power} + 1 THEN concat(${digits}, repeat('0', ${power} + 1 - ${length}), '.0')
    WHEN ${power} BETWEEN 0 AND ${to} THEN concat(substr(${digits}, 1, ${power} + 1), '.', substr(${digits}, ${power} + 2))
    WHEN ${power} BETWEEN ${from} AND -1 THEN concat('0.', repeat('0', -1 - ${power}), ${digits})
    ELSE concat(substr(${digits}, 1, 1), CASE WHEN ${length} > 1 THEN concat('.', substr(${digits}, 2)) ELSE '' END, 'e', ${exponent(power)}) END)`;
  return withName(split, 'number', written);
}

/**
 * SQL for a number of a JSON text as DuckDB's JSON reader gives it: a fraction passes through a double.
 *
 * @param digits as they are in the text; may be repeated
 */
export function jsonNumberText(digits: string): string {
  const value = `CAST(${digits} AS DOUBLE)`;
  return `CASE WHEN ${digits} = '-0' THEN '0' WHEN NOT ${digits} RLIKE '[.eE]' OR ${value} IS NULL OR abs(${value}) = CAST('Infinity' AS DOUBLE) THEN ${digits}
    WHEN ${value} = 0 THEN CASE WHEN startswith(${digits}, '-') THEN '-0.0' ELSE '0.0' END
    ELSE ${floatingText(value, 'DOUBLE', jsonStyle)} END`;
}

/**
 * SQL for the text of a floating-point value as DuckDB casts it.
 *
 * @param value may be repeated
 */
export const castFloatingText = (value: string, type: 'DOUBLE' | 'FLOAT'): string =>
  `CASE WHEN ${value} IS NULL THEN NULL WHEN isnan(${value}) THEN 'nan'
    WHEN abs(${value}) = CAST('Infinity' AS ${type}) THEN CASE WHEN ${value} < 0 THEN '-inf' ELSE 'inf' END
    WHEN ${value} = 0 THEN CASE WHEN startswith(CAST(${value} AS STRING), '-') THEN '-0.0' ELSE '0.0' END
    ELSE ${floatingText(value, type, castStyle)} END`;

/**
 * SQL for the text of a floating-point value in a JSON text that DuckDB writes.
 *
 * @param value may be repeated
 */
export const jsonFloatingText = (value: string): string =>
  `CASE WHEN isnan(${value}) THEN 'NaN'
    WHEN abs(${value}) = CAST('Infinity' AS DOUBLE) THEN CASE WHEN ${value} < 0 THEN '-Infinity' ELSE 'Infinity' END
    WHEN ${value} = 0 THEN CASE WHEN startswith(CAST(${value} AS STRING), '-') THEN '-0.0' ELSE '0.0' END
    ELSE ${floatingText(value, 'DOUBLE', jsonStyle)} END`;
