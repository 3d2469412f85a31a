/** What a query would read of a table, by the plan of an engine that has the table itself. */
export interface PlannedReading {
  readonly table: string;
  /** The tables that hold its rows and that the plan reads: its partitions, or the table itself. */
  readonly partitions: number;
  /** Bytes that the plan reads: whole tables, or the rows that it expects by an index. */
  readonly bytes: number;
  /** The size of the tables that the plan reads. No query reads more of them at a time. */
  readonly mostBytes: number;
}
