/**
 * A number in plain digits: `1.5e-7` as `0.00000015`. The digits stay the same. A text that is no such number, or has an exponent
 * of more than three digits, stays as it is. Loads have the same rule in SQL.
 */
export function plainDigits(text: string): string {
  const match = /^(-?)([0-9]+)(?:\.([0-9]*))?[eE]([+-]?[0-9]{1,3})$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', part = '', shift = ''] = match;
  const digits = whole + part;
  const point = whole.length + Number(shift);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
