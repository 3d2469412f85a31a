import type { EventsTable, InferRow } from '@headwater/core';

/** The row of a lake's table in queries: its columns, and the UTC day of its folder. */
export type LakeRow<Table extends EventsTable> = InferRow<Table> & {
  /** The partition's day, `YYYY-MM-DD`. */
  readonly dt: string;
};

/** Kysely's view of a lake: rows by table name. */
export type LakeDatabase<Tables extends readonly EventsTable[]> = {
  [Table in Tables[number] as Table['name']]: LakeRow<Table>;
};

/**
 * {@link LakeDatabase} under a name whose first argument has the columns that hold one of a list of values. A compiler names
 * the database where a query does not fit it, and cuts the name off: the values that `where` accepts come first.
 */
export type ListedDatabase<_Lists, Tables extends readonly EventsTable[]> = {
  [Table in Tables[number] as Table['name']]: LakeRow<Table>;
};
