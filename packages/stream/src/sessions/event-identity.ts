import { hash } from 'node:crypto';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { columnOf, isWholeRowKey, keepsAllRows } from '@headwater/core/internal';
import type { EventRank, SessionEvent } from './session-event.ts';

type Row = Readonly<Record<string, unknown>>;

/** How events of a table are told apart, and which row of an event stays: the rule of `DuplicatesConfig` in core. */
export interface EventIdentity {
  /** The id of a row: 66 bits of a hash of its key, as text. */
  readonly idOf: (row: Row, sequenceNumber: string, element: number) => string;
  /** What decides between rows of one event; undefined where they are equal. */
  readonly rankOf: ((row: Row, sequenceNumber: string) => EventRank) | undefined;
  /** Whether a row replaces the row of the same event that is there. */
  readonly replaces: (one: SessionEvent, there: SessionEvent) => boolean;
}

/**
 * Reads the rule for duplicates of a definition. The order of loads is that of sequence numbers. So the same row of an event stays,
 * whatever is delivered first or again.
 */
export function eventIdentity(schema: TableSchema): EventIdentity {
  const { duplicateKey, duplicateRule: rule } = schema;
  const keepsAll = keepsAllRows(schema);
  const names = keepsAll ? schema.columns.map(({ name }) => name) : duplicateKey;
  const isLast = rule?.keep === 'last';
  const by = rule?.by === undefined ? undefined : wholeNumberReader(schema, rule.by);
  const hasRank = !keepsAll && !isWholeRowKey(schema);
  return {
    idOf: (row, sequenceNumber, element) => {
      const values = names.map((name) => identityValue(row[name]));
      // Equal rows are two events there: only the place in the stream says that one was delivered again.
      if (keepsAll) values.push(sequenceNumber, element);
      return hash('sha256', JSON.stringify(values), 'base64url').slice(0, 11);
    },
    rankOf: hasRank
      ? (row, sequenceNumber) => ({ by: by?.(row) ?? null, order: orderOf(sequenceNumber) })
      : undefined,
    replaces: (one, there) => {
      if (!one.rank || !there.rank) return false;
      const order = compareRanks(one.rank, there.rank, isLast);
      return order < 0;
    },
  };
}

/** Negative when the first row stays. A null loses to every value; of equal values the order of loads decides. */
function compareRanks(one: EventRank, other: EventRank, isLast: boolean): number {
  if (one.by !== other.by) {
    if (one.by === null) return 1;
    if (other.by === null) return -1;
    return one.by < other.by === isLast ? 1 : -1;
  }
  if (one.order === other.order) return 0;
  return one.order < other.order === isLast ? 1 : -1;
}

const identityValue = (value: unknown): unknown =>
  value instanceof Date ? value.getTime() : typeof value === 'bigint' ? String(value) : (value ?? null);

function orderOf(sequenceNumber: string): bigint {
  if (/^\d{1,128}$/.test(sequenceNumber)) return BigInt(sequenceNumber);
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'sequenceNumber',
    value: JSON.stringify(sequenceNumber),
    expected: 'a decimal text, which says which row of an event was first',
  });
}

/** Reads a column that orders rows as a whole number. */
function wholeNumberReader(schema: TableSchema, name: string): (row: Row) => bigint | null {
  const { type } = columnOf(schema, name);
  const scale = type.kind === 'decimal' ? type.scale : 0;
  return (row) => {
    const value = row[name];
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return BigInt(value.getTime());
    if (typeof value === 'bigint') return value;
    if (type.kind === 'date') return BigInt(Date.parse(String(value)));
    const text = typeof value === 'number' ? value.toFixed(scale) : String(value);
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(scale, '0'));
  };
}
