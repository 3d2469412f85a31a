import { hash } from 'node:crypto';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { columnOf, isWholeRowKey, keepsAllRows } from '@headwater/core/internal';

/** A clean event, by column. */
export type EventRow = Readonly<Record<string, unknown>>;

/** What the rule for duplicates compares. */
export interface EventRank {
  /** The value of the column `by`, as a whole number; null for a null, and where the rule has no column. */
  readonly by: bigint | null;
  /** The place in the order of loads: the sequence number. */
  readonly order: bigint;
}

/** An event whose rows are compared. The rank is absent where rows of one event are equal. */
interface RankedEvent {
  readonly rank?: EventRank;
}

/** How events of a table are told apart, and which row of an event stays: the rule of `DuplicatesConfig` in core. */
export interface EventIdentity {
  /** The id of a row: 66 bits of a hash of its key, as text. */
  readonly idOf: (row: EventRow, sequenceNumber: string) => string;
  /** What decides between rows of one event; undefined where they are equal. */
  readonly rankOf: ((row: EventRow, sequenceNumber: string) => EventRank) | undefined;
  /** Whether a row replaces the row of the same event that is there. */
  readonly replaces: (one: RankedEvent, there: RankedEvent) => boolean;
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
    idOf: (row, sequenceNumber) => {
      const values = names.map((name) => identityValue(row[name]));
      // Equal rows are two events there: only the place in the stream says that one was delivered again.
      if (keepsAll) values.push(sequenceNumber);
      return hash('sha256', JSON.stringify(values), 'base64url').slice(0, 11);
    },
    rankOf: hasRank
      ? (row, sequenceNumber) => ({ by: by?.(row) ?? null, order: orderOf(sequenceNumber) })
      : undefined,
    replaces: (one, there) => {
      if (!one.rank || !there.rank) return false;
      return compareRanks(one.rank, there.rank, isLast) < 0;
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
function wholeNumberReader(schema: TableSchema, name: string): (row: EventRow) => bigint | null {
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
