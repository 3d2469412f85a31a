import type { DescribedColumn } from './table-schema.ts';

/**
 * What there is to say of a column in one line: its description, unit and sensitivity; empty when there is nothing.
 * @example columnComment(userId) // 'Permanent user id (PII: pseudonymous)'
 */
export function columnComment({ description, unit, pii }: DescribedColumn): string {
  const notes = [...(unit ? [`unit: ${unit}`] : []), ...(pii === 'none' ? [] : [`PII: ${pii}`])].join(', ');
  if (!notes) return description;
  return description ? `${description} (${notes})` : notes;
}
