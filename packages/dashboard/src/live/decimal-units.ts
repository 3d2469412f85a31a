/** Digits that amounts of any table have at most. */
const digits = 12;
const one = 10n ** BigInt(digits);

/**
 * A decimal in units of 10^-12, so that sums are exact.
 *
 * @param value a decimal text, or a number whose shortest text is the decimal
 * @throws Error for what is no plain decimal
 */
export function decimalUnits(value: number | string): bigint {
  const text = typeof value === 'number' && !Number.isInteger(value) ? plainText(value) : String(value);
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`${text} is no decimal`);
  const units = BigInt(whole) * one + BigInt(fraction.slice(0, digits).padEnd(digits, '0'));
  return sign === '' ? units : -units;
}

/** Without an exponent. */
const plainText = (value: number): string => (Math.abs(value) < 1e-6 ? value.toFixed(digits) : String(value));

/** Units as a decimal text, without zeros at its end: `12.5`. */
export function decimalText(units: bigint): string {
  const positive = units < 0n ? -units : units;
  const fraction = String(positive % one)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${positive / one}${fraction === '' ? '' : `.${fraction}`}`;
}
