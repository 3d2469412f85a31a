const places = 38;

/**
 * Converts a decimal in plain digits to a multiple of 10^-38, so that texts of any width compare exactly.
 *
 * @param text digits with an optional sign and point, and at most 38 digits after the point
 */
export function decimalUnits(text: string): bigint {
  const [integer = '0', fraction = ''] = text.split('.');
  return BigInt(integer + fraction.padEnd(places, '0'));
}
