import { HeadwaterError } from '@headwater/core';

/** A column of an answer, with its type in DuckDB. */
interface AnswerColumn {
  readonly name: string;
  readonly type: string;
}

const integers: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = Object.fromEntries(
  (
    [
      ['TINYINT', 8n],
      ['SMALLINT', 16n],
      ['INTEGER', 32n],
      ['BIGINT', 64n],
      ['HUGEINT', 128n],
    ] as const
  ).flatMap(([type, bits]) => [
    [type, [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]],
    [`U${type}`, [0n, 2n ** bits - 1n]],
  ]),
);

/** How a value of an engine is written for a type; undefined for one that the type cannot hold as it is. */
type Text = (value: unknown) => string | undefined;

/** A whole number without loss. Doubles above 2^53 are not. */
function wholeText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(BigInt(value)) : undefined;
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? /^([+-]?\d+)(?:\.0*)?$/.exec(value)?.[1] : undefined;
}

const integerText =
  ([least, most]: readonly [bigint, bigint]): Text =>
  (value) => {
    const text = wholeText(value);
    if (text === undefined) return undefined;
    const whole = BigInt(text.replace(/^\+/, ''));
    return whole >= least && whole <= most ? String(whole) : undefined;
  };

/** Engines give decimals of up to 15 digits as numbers, which hold those exactly, and wider ones as text. */
function decimalText(precision: number, scale: number): Text {
  return (value) => {
    let text = typeof value === 'string' || typeof value === 'bigint' ? String(value) : undefined;
    if (typeof value === 'number') {
      text = value.toFixed(scale);
      if (Number(text) !== value) return undefined;
    }
    const [, sign = '', whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text ?? '') ?? [];
    if (whole === undefined) return undefined;
    const digits = whole.replace(/^0+(?=\d)/, '');
    const places = fraction.replace(/0+$/, '');
    const fits = (digits === '0' ? 0 : digits.length) <= precision - scale && places.length <= scale;
    return fits ? `${sign}${digits}.${places || '0'}` : undefined;
  };
}

const doubleText: Text = (value) => {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return BigInt(Number(value)) === value ? String(value) : undefined;
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? value : undefined;
};

const timestampText: Text = (value) => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const text = value.toISOString();
  // Years of more than four digits have a sign, which DuckDB does not read.
  return /^\d{4}-/.test(text) ? text : undefined;
};

const texts: Readonly<Record<string, Text>> = {
  VARCHAR: (value) => (typeof value === 'string' ? value : undefined),
  BOOLEAN: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  FLOAT: doubleText,
  DOUBLE: doubleText,
  DATE: (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined),
  TIMESTAMP: timestampText,
  TIMESTAMP_MS: timestampText,
  'TIMESTAMP WITH TIME ZONE': timestampText,
  ...Object.fromEntries(Object.entries(integers).map(([type, range]) => [type, integerText(range)])),
};

/**
 * Writes the values of a column of an engine's answer as texts that DuckDB casts to the column's type without loss. Nulls stay null.
 *
 * @returns the function of one value, in the JavaScript types of this package. It throws `TYPE_UNSUPPORTED` for a value that the type would
 *   round, cut or overflow
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for a type of which an engine gives no exact values, such as a list
 */
export function answerCell({ name, type }: AnswerColumn): (value: unknown) => string | null {
  const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type) ?? [];
  const text = precision === undefined ? texts[type] : decimalText(Number(precision), Number(scale));
  const refuse = (kind: string): HeadwaterError =>
    new HeadwaterError('TYPE_UNSUPPORTED', {
      target: `the rollup's column of type ${type}`,
      kind,
      column: name,
      fix: 'Write this rollup with DuckDB: `headwater lake rollups --refresh` without --engine',
    });
  if (!text) throw refuse('the values of an engine without loss');
  return (value) => {
    if (value === null) return null;
    const written = text(value);
    if (written === undefined) throw refuse(`the value ${String(value).slice(0, 60)} of an engine`);
    return written;
  };
}
