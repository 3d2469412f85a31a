/**
 * The offset in milliseconds of a zone that never changes: `UTC`, `+08:00`, `-03:30`. Undefined for another text. An offset
 * is at most 14 hours, as any on Earth is.
 */
export function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC') return 0;
  const [match, sign, hours, minutes] = /^([+-])(\d{2}):([0-5]\d)$/.exec(zone) ?? [];
  if (!match) return undefined;
  const offset = Number(hours) * 60 + Number(minutes);
  return offset > 14 * 60 ? undefined : (sign === '-' ? -offset : offset) * 60_000 + 0;
}
