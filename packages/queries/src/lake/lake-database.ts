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
