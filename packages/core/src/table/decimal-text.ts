const places = 38;

/**
 * A decimal in plain digits as a whole number of 10^-38, so that texts of any width compare exactly.
 *
 * @param text digits with an optional sign and point, no more than 38 of them after it
 */
export function decimalUnits(text: string): bigint {
  const [integer = '0', fraction = ''] = text.split('.');
  return BigInt(integer + fraction.padEnd(places, '0'));
}
