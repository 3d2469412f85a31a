import type { QueryText } from '../../session/query.ts';

/** A column of a result as PostgreSQL describes it. */
export interface PostgresField {
  readonly name: string;
  /** The number of its type in pg_type. */
  readonly dataTypeID: number;
  /** The modifier of its type, such as precision and scale; -1 for none. */
  readonly dataTypeModifier: number;
}

/** Rows as lists of PostgreSQL's texts. */
export interface PostgresRows {
  readonly fields: readonly PostgresField[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A read-only transaction of one query. It holds a connection until its end. */
export interface PostgresTransaction {
  /**
   * Runs the query, and gives all of its rows. The server may use several processes for it.
   * @throws HeadwaterError `QUERY_FAILED`, `QUERY_UNAVAILABLE`, `QUERY_NOT_READ_ONLY`, `QUERY_PARAMETER_INVALID`
   */
  all(query: QueryText): Promise<PostgresRows>;
  /**
   * Opens a cursor on the query, and gives batches of its rows, the first one even when it is empty.
   * @throws HeadwaterError as `all`
   */
  batches(query: QueryText): AsyncIterableIterator<PostgresRows>;
  /** Names types as PostgreSQL writes them: `numeric(10,2)`. */
  typeNames(fields: readonly PostgresField[]): Promise<readonly string[]>;
  /** Ends the transaction, and gives its connection back. Further calls do nothing. */
  end(): Promise<void>;
}
