import type { TableSchema } from '@headwater/core';
import type { Dialect, OperationNode } from 'kysely';
import type { LakeFiles } from './lake-files.ts';

/** The engines that a query is compiled for. */
export type EngineName = 'duckdb' | 'trino' | 'athena';

/** One column of a result: its name, and its type as the engine writes it. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** Statement text with its parameters, in order. */
export interface QueryText {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Kysely's tree that the text was compiled from, when it was: what it reads is known from it. */
  readonly query?: OperationNode | undefined;
}

/** How one query is run. */
export interface QueryOptions {
  /** Stops the engine's work; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The most that the query may read, by what it can be at most before it is run: `5 GB`, or bytes. The lake's own when not given. */
  readonly maxScan?: string | number | undefined;
  /** Called when the engine has run the query; not by DuckDB, which reads no bill. */
  readonly onFinish?: ((query: FinishedQuery) => void) | undefined;
}

/** What an engine tells of a query that ran to its end. */
export interface FinishedQuery {
  readonly engine: EngineName;
  readonly queryId: string;
  /** The statement with placeholders. */
  readonly sql: string;
  readonly milliseconds: number;
  /** Bytes that were read from storage. */
  readonly scannedBytes: number;
  /** Whether the service answered with the result of the same query before. */
  readonly reused: boolean;
  /** What was estimated before, when the engine knows where the lake is. */
  readonly estimatedBytes?: number;
  /** And the most that it could be. */
  readonly estimatedMostBytes?: number;
}

/** A running query: its columns, then its rows as they come. Ending the iteration early stops the engine. */
export interface RowStream {
  readonly columns: readonly ResultColumn[];
  /** Batches of rows, each row an object by column name, in the documented JavaScript types. */
  batches(): AsyncIterableIterator<Record<string, unknown>[]>;
}

/** An open lake, seen through an engine. Opening waits for the first query. */
export interface LakeSession {
  readonly engine: EngineName;
  readonly dialect: Dialect;
  /** The lake's address, when the engine was told. */
  readonly lake?: string | undefined;
  /** Which catalog and schema of which server is asked: two of them need not show the same. */
  readonly place?: string | undefined;
  /** The committed files of a table, or of a quarantine, that a query sees now, when the engine was told where the lake is. */
  files?: LakeFiles['files'] | undefined;
  /** Of an engine that reads folders: whether they hold what is committed and nothing else. */
  isSettled?: LakeFiles['isSettled'] | undefined;
  /** Runs one SELECT that a person wrote, and nothing else. */
  readOnly(text: string, options?: QueryOptions): Promise<RowStream>;
  /** Runs a compiled query and gives Arrow record batches, with Arrow's own types. */
  arrow(query: QueryText, options?: QueryOptions): Promise<ArrowStream>;
  close(): Promise<void>;
}

/** Where the lake is, and what reads it. */
export interface LakeEngine {
  readonly name: EngineName;
  open(tables: readonly TableSchema[]): LakeSession;
}

/** A running query as Arrow: its schema, then its record batches as they come. */
export interface ArrowStream {
  readonly schema: import('apache-arrow').Schema;
  batches(): AsyncIterableIterator<import('apache-arrow').RecordBatch>;
}
