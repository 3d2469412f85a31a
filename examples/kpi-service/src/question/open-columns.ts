import type { EventsTable } from '@headwater/core';
import type { PlainColumn } from '@headwater/queries';
import { events, tenantColumn } from '../marketplace.ts';

/** The kinds whose values can be compared and listed. */
const plainKinds = ['string', 'enum', 'boolean', 'int32', 'int64'] as const;

/** A column as definitions have it. */
export type Column = EventsTable['schema']['columns'][number];

/**
 * The columns that callers may filter by, break down by, and list the values of: plain values that are no personal data, and not the
 * tenant's.
 */
export const openColumns: readonly Column[] = events.schema.columns.filter(
  ({ name, pii, type }) =>
    name !== tenantColumn && pii === 'none' && plainKinds.some((kind) => kind === type.kind),
);

/** Columns of plain values that are not open: personal data, and the tenant's own column. */
export type ClosedColumn = typeof tenantColumn | 'shopper' | 'visit';

/** The names of {@link openColumns}, as the compiler sees them; a test compares the two. Amounts are not compared. */
export type OpenColumn = Exclude<PlainColumn<typeof events>, ClosedColumn | 'price'>;
