import type { OperationNode } from 'kysely';
import type { EngineName } from './lake-engine.ts';

/** Statement text with its parameters, in order. */
export interface QueryText {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Kysely's tree that the text was compiled from; absent for a statement that a person wrote. */
  readonly query?: OperationNode | undefined;
}

/** How one query is run. */
export interface QueryOptions {
  /** Stops the engine's work; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The maximum that the query may read, as `5 GB` or in bytes. Defaults to the lake's own maximum. */
  readonly maxScan?: string | number | undefined;
  /** For a metric: whether it is computed from the events, even if a rollup has its answer. Defaults to false. */
  readonly noRollup?: boolean | undefined;
  /** Called when the engine has run the query, by engines that report what a query scanned: Trino and Athena. */
  readonly onFinish?: ((query: FinishedQuery) => void) | undefined;
}

/** What an engine reports about a query that ran to its end. */
export interface FinishedQuery {
  readonly engine: EngineName;
  readonly queryId: string;
  /** The statement with placeholders. */
  readonly sql: string;
  readonly milliseconds: number;
  /** Bytes that were read from storage. */
  readonly scannedBytes: number;
  /** Whether the service reused the result of an earlier run of the same query. */
  readonly reused: boolean;
  /** The estimate made before the query ran; present when the engine's config has the lake's address. */
  readonly estimatedBytes?: number;
  /** The estimated maximum; present with `estimatedBytes`. */
  readonly estimatedMostBytes?: number;
}

/** One column of a result: its name, and its type as the engine writes it. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** A running query: its columns, then its rows as they come. Ending the iteration early stops the engine. */
export interface RowStream {
  readonly columns: readonly ResultColumn[];
  /** Batches of rows, each row an object by column name, in the documented JavaScript types. */
  batches(): AsyncIterableIterator<Record<string, unknown>[]>;
}

/**
 * A running query as Arrow: its schema, then its record batches as they come. The parts have no Arrow types here, so that
 * programs without `apache-arrow` compile; `arrowStream` in `@headwater/queries/arrow` returns them with their types.
 */
export interface UntypedArrowStream {
  readonly schema: object;
  batches(): AsyncIterableIterator<object>;
}
