import type { PermissionClass, TableSchema } from '@headwater/core';
import type { Dialect } from 'kysely';
import type { LakeFiles } from './lake-files.ts';
import type { OpenedRollup } from './opened-rollup.ts';
import type { PlannedReading } from './planned-reading.ts';
import type { QueryOptions, QueryText, RowStream, UntypedArrowStream } from './query.ts';

/** The engines that a query is compiled for. */
export type EngineName = 'duckdb' | 'trino' | 'athena' | 'postgres' | 'redshift';

/**
 * When an open lake looks for new commits: before each query, or never. A query that runs keeps what it began with.
 */
export type Refresh = 'query' | 'never';

/** How engines differ, as data. Code that treats engines differently asks for one of these, never for the engine's name. */
export interface EngineTraits {
  /**
   * Whether a table whose columns were renamed is read through the view that publishing makes beside it in the catalog.
   * DuckDB makes its view under the table's own name.
   */
  readonly readsView: boolean;
  /** Whether the engine reports the bytes that a query scanned. Only then is `onFinish` called. */
  readonly reportsScan: boolean;
  /** Whether the engine runs queries. One that does not writes their text. */
  readonly runsQueries: boolean;
  /** Whether scanned bytes cost money. */
  readonly chargesScan: boolean;
  /**
   * Whether reading a table again costs less than sorting its events. Such an engine finds sessions that are too long by an
   * aggregate first, and sorts only their events.
   */
  readonly readsAgainCheaply: boolean;
  /**
   * Where the engine finds the rows of a table: in the files that the manifests list, in all files of its folders, which are
   * always the newest, or in a table of its own that the lake was loaded into.
   */
  readonly reads: 'manifests' | 'folders' | 'tables';
}

/** An open lake, seen through an engine. Opening waits for the first query. */
export interface LakeSession extends EngineTraits {
  readonly engine: EngineName;
  readonly dialect: Dialect;
  /** The class of readers whose views are read. Undefined for readers who see every column. */
  readonly permissionClass?: PermissionClass | undefined;
  /** The lake's address; undefined when the engine's config does not have it. */
  readonly lake?: string | undefined;
  /** Server, catalog and schema that answer: two of them may hold different tables under the same names. */
  readonly place?: string | undefined;
  /** The committed files of a table or of a quarantine that a query sees now; undefined without the lake's address. */
  files?: LakeFiles['files'] | undefined;
  /** For an engine that reads folders, with the lake's address: refuses a table whose files do not fit its definition. */
  assertReadable?: LakeFiles['assertReadable'] | undefined;
  /** For an engine that reads tables of its own: what a query would read of them, by the engine's own plan. */
  plan?(query: QueryText): Promise<readonly PlannedReading[]>;
  /** For an engine that reads rollups: those of a table that a query sees now. */
  rollups?: ((table: string) => Promise<readonly OpenedRollup[]>) | undefined;
  /** For an engine that reads folders: whether they hold what is committed and nothing else. */
  isSettled?: LakeFiles['isSettled'] | undefined;
  /** Runs one SELECT that a person wrote, with its parameters, and nothing else. */
  readOnly(query: QueryText, options?: QueryOptions): Promise<RowStream>;
  /**
   * Runs a query and gives Arrow record batches, with Arrow's own types. A query that Kysely did not compile has to be one
   * SELECT.
   */
  arrow(query: QueryText, options?: QueryOptions): Promise<UntypedArrowStream>;
  close(): Promise<void>;
}

/** Where the lake is, and what reads it. */
export interface LakeEngine extends EngineTraits {
  readonly name: EngineName;
  /** @param refresh defaults to `query` */
  open(tables: readonly TableSchema[], refresh?: Refresh): LakeSession;
}
