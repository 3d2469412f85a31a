import type { InferRow } from '@headwater/core';
import type { RecordTable } from '../record/record-reader.ts';

type Nullable<Row> = { [Name in keyof Row]: null extends Row[Name] ? Name : never }[keyof Row];

/**
 * An event as a producer takes it: the row of the table, in which columns that may be null may also be left out. Columns of lookups are
 * not sent, because consumers join them.
 */
export type ProducerEvent<Table extends RecordTable> = Flat<
  Omit<InferRow<Table>, Nullable<InferRow<Table>>> & {
    readonly [Name in Nullable<InferRow<Table>>]?: InferRow<Table>[Name] | undefined;
  }
>;

type Flat<Shape> = { readonly [Name in keyof Shape]: Shape[Name] };
