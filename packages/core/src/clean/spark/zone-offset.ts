import type { LocalOffset } from '../../time-zone/local-offsets.ts';

/**
 * SQL that searches a zone's literal offsets for that of a local time, in milliseconds: one comparison for each halving. NULL where the
 * zone's rules are not certain.
 *
 * @param local the name of a local time, in milliseconds
 */
export function zoneOffset(offsets: readonly LocalOffset[], local: string): string {
  const [only] = offsets;
  if (!only) throw new Error('a zone has an offset');
  if (offsets.length === 1) return only.offset === undefined ? 'CAST(NULL AS BIGINT)' : String(only.offset);
  const middle = offsets.length >> 1;
  const later = offsets.slice(middle);
  return `CASE WHEN ${local} < ${later[0]?.from ?? 0} THEN ${zoneOffset(offsets.slice(0, middle), local)} ELSE ${zoneOffset(later, local)} END`;
}
