/** A number with grouped thousands: `1,234,567`. */
export const grouped = (value: number | bigint | string): string => {
  const [whole = '', fraction] = String(value).split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
};

/** A number in at most two decimals, with grouped thousands: `1,234.57`. */
export const roundedText = (value: number): string => grouped(Math.round(value * 100) / 100);

/** A number of things: `1 file`, `2,000 files`, `3 queries`. */
export const counted = (value: number, thing: string): string =>
  `${grouped(value)} ${value === 1 ? thing : pluralOf(thing)}`;

const pluralOf = (thing: string): string =>
  /[^aeiou]y$/.test(thing) ? `${thing.slice(0, -1)}ies` : `${thing}s`;

/** A share as a percentage: `52.4%`. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** Bytes in the largest unit with at least one whole digit: `12.3 MB`. Units are decimal. */
export function byteText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

/** A duration: `0.4 s`, `12 s`, `3 min 5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A price in US dollars, in two digits: `0.0012 USD`. */
export const priceText = (price: number): string => `${price.toPrecision(2)} USD`;
