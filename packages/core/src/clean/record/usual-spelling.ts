// The commonest spellings, read byte by byte. Each function reads the bytes of a text between two places, and gives undefined
// for any other text: the rules in `value-parser.ts` then decide, so that what is here saves time and changes no result.

const zero = 48;
const point = 46;
const minus = 45;
const colon = 58;

/** As many digits as a double counts exactly. */
const exactDigits = 15;

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] as number;

/** A whole number of up to 15 digits, with or without a minus. */
export function usualInteger(bytes: Uint8Array, from: number, to: number): number | undefined {
  const isNegative = bytes[from] === minus;
  const first = isNegative ? from + 1 : from;
  if (first >= to || to - first > exactDigits) return undefined;
  let value = 0;
  for (let at = first; at < to; at += 1) {
    const digit = byteAt(bytes, at) - zero;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  // A double has a negative zero, which is no integer.
  return isNegative && value !== 0 ? -value : value;
}

const halves = new Uint32Array(2);
const whole = new BigInt64Array(halves.buffer);
const half = 2 ** 32;
/** Which of the two halves of a whole is the low one: machines differ. */
const low = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

/** A whole number of 64 bits from its halves. This is faster than any other way to make a BigInt. */
function wholeOf(high: number, rest: number): bigint {
  halves[low] = rest;
  halves[1 - low] = high;
  return whole[0] as bigint;
}

const billion = 1_000_000_000;
const sixteenBits = 2 ** 16;

/** A whole number of up to 19 digits that is an int64; negative ones have up to 15. */
export function usualLong(bytes: Uint8Array, from: number, to: number): bigint | undefined {
  const number = usualInteger(bytes, from, to);
  if (number !== undefined) {
    if (number < 0) return BigInt(number);
    const rest = number % half;
    return wholeOf((number - rest) / half, rest);
  }
  if (to - from > 19 || bytes[from] === minus) return undefined;
  // Each product here is below 2^53, so that doubles hold it exactly.
  const front = usualInteger(bytes, from, to - 9);
  const back = usualInteger(bytes, to - 9, to);
  if (front === undefined || back === undefined || front < 0 || back < 0) return undefined;
  const frontLow = front % sixteenBits;
  const upper = ((front - frontLow) / sixteenBits) * billion;
  const upperLow = upper % sixteenBits;
  const lower = upperLow * sixteenBits + frontLow * billion + back;
  const rest = lower % half;
  const high = (upper - upperLow) / sixteenBits + (lower - rest) / half;
  return high < half / 2 ? wholeOf(high, rest) : undefined;
}

const powers = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/**
 * A decimal number of up to 15 digits, with no more of them after the point than `scale`. It is the double that is nearest to the
 * text: a quotient of two whole numbers that doubles hold exactly is rounded once.
 */
export function usualDecimal(bytes: Uint8Array, from: number, to: number, scale: number): number | undefined {
  const isNegative = bytes[from] === minus;
  const first = isNegative ? from + 1 : from;
  if (to - first > exactDigits) return undefined;
  let value = 0;
  let places = -1;
  let digits = 0;
  for (let at = first; at < to; at += 1) {
    const byte = byteAt(bytes, at);
    if (byte === point && places < 0) places = 0;
    else {
      const digit = byte - zero;
      if (digit < 0 || digit > 9) return undefined;
      value = value * 10 + digit;
      digits += 1;
      if (places >= 0) places += 1;
    }
  }
  if (digits === 0 || places > scale) return undefined;
  const number = places > 0 ? value / (powers[places] as number) : value;
  return isNegative && number !== 0 ? -number : number;
}

/** The number of two digits; negative for other bytes. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = byteAt(bytes, at) - zero;
  const ones = byteAt(bytes, at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The days before each month, in years that begin in March, so that the leap day is the last one of a year. */
const daysSinceMarch = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
/** From the first of March of the year 0. */
const daysUntil1970 = 719_468;
const dayLength = 86_400_000;

/** The instant of the midnight of a date `YYYY-MM-DD`. The year 0 and leap days are left to the rules. */
function usualMidnight(bytes: Uint8Array, from: number): number | undefined {
  if (bytes[from + 4] !== minus || bytes[from + 7] !== minus) return undefined;
  const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > (monthLengths[month - 1] as number))
    return undefined;
  const years = month < 3 ? year - 1 : year;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const days = years * 365 + leapDays + (daysSinceMarch[month - 1] as number) + day - 1;
  return (days - daysUntil1970) * dayLength;
}

/** An instant: `YYYY-MM-DD HH:MM:SS` or with a `T`, then `.SSS` or nothing, then `Z` or ` UTC` or nothing. */
export function usualInstant(bytes: Uint8Array, from: number, to: number): number | undefined {
  let length = to - from;
  if (length < 19) return undefined;
  const last = byteAt(bytes, to - 1);
  if (last === 90) length -= 1;
  else if (last === 67) {
    if (bytes[to - 2] !== 84 || bytes[to - 3] !== 85 || bytes[to - 4] !== 32) return undefined;
    length -= 4;
  }
  if (length !== 19 && length !== 23) return undefined;
  const separator = byteAt(bytes, from + 10);
  if (separator !== 32 && separator !== 84) return undefined;
  if (bytes[from + 13] !== colon || bytes[from + 16] !== colon) return undefined;
  const hours = twoDigits(bytes, from + 11);
  const minutes = twoDigits(bytes, from + 14);
  const seconds = twoDigits(bytes, from + 17);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return undefined;
  let milliseconds = 0;
  if (length === 23) {
    const tens = twoDigits(bytes, from + 20);
    const last = byteAt(bytes, from + 22) - zero;
    if (bytes[from + 19] !== point || tens < 0 || last < 0 || last > 9) return undefined;
    milliseconds = tens * 10 + last;
  }
  const midnight = usualMidnight(bytes, from);
  return midnight === undefined
    ? undefined
    : midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}
