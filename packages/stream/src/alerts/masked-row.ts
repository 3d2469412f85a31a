import type { TableSchema } from '@headwater/core';
import type { EventRow } from '../record/event-identity.ts';

/** A row as an incident shows it: values of JSON, and those of personal columns masked. */
export type MaskedRow = Readonly<Record<string, string | number | boolean | null>>;

/** What stands for a value that the definition says is personal. */
const mask = '***';
/** A text in a row may be as long as a producer likes; an incident has to fit a message. */
const longestText = 200;

/** Shows rows of a table without the values of columns whose `pii` is not `none`. Instants are ISO texts, int64 and nested values texts. */
export function rowMasker({ columns }: TableSchema): (row: EventRow) => MaskedRow {
  return (row) =>
    Object.fromEntries(
      columns.map(({ name, pii }) => {
        const value = row[name] ?? null;
        return [name, value === null ? null : pii === 'none' ? shown(value) : mask];
      }),
    );
}

function shown(value: unknown): string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  const text =
    typeof value === 'object'
      ? JSON.stringify(value, (_name, one) => (typeof one === 'bigint' ? String(one) : one))
      : String(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
