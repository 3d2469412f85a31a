import type { DescribedColumn } from './table-schema.ts';

/**
 * A column's description, unit and sensitivity in one line. Empty when it has none of them.
 * @example columnComment(userId) // 'Permanent user id (PII: pseudonymous)'
 */
export function columnComment({ description, unit, pii }: DescribedColumn): string {
  const notes = [...(unit ? [`unit: ${unit}`] : []), ...(pii === 'none' ? [] : [`PII: ${pii}`])].join(', ');
  if (!notes) return description;
  return description ? `${description} (${notes})` : notes;
}
