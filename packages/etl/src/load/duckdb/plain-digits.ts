/**
 * SQL that writes a number in plain digits: `1.5e-7` as `0.00000015`. The digits stay the same. A text that is no such
 * number, or has an exponent of more than three digits, stays as it is.
 *
 * @param text a SQL expression that may be repeated
 */
export function plainDigits(text: string): string {
  const parts = `regexp_extract(${text}, '^(-?)([0-9]+)(?:[.]([0-9]*))?[eE]([+-]?[0-9]{1,3})$', ['sign', 'whole', 'part', 'shift'])`;
  const digits = 'number.whole || number.part';
  const length = `length(${digits})`;
  const point = '(length(number.whole) + number.shift::INTEGER)';
  const written = `CASE
    WHEN ${point} <= 0 THEN '0.' || repeat('0', -${point}) || ${digits}
    WHEN ${point} >= ${length} THEN ${digits} || repeat('0', ${point} - ${length})
    ELSE left(${digits}, ${point}) || '.' || substring(${digits}, ${point} + 1) END`;
  // A lambda gives the parts a name, so that they are found once.
  const whole = `list_transform([${parts}], lambda number: CASE WHEN number.shift <> '' THEN number.sign || ${written} END)[1]`;
  return `CASE WHEN contains(lower(${text}), 'e') THEN coalesce(${whole}, ${text}) ELSE ${text} END`;
}
