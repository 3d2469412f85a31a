import type { RollupGrain, RollupKind } from '@headwater/core';
import type { LakeState, StoredRollup } from '@headwater/core/internal';

/** A statement with its parameters, as `@headwater/queries` compiles it. */
interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** The same question in the dialect of the engine that computes its rows, where that is not the writer: of `rollupsOnEngine`. */
  readonly onEngine?: Statement | undefined;
}

/** Answers that are stored by day: a `Rollup` of `@headwater/queries`. */
export interface RollupSource {
  readonly name: string;
  readonly metric: string;
  readonly grain: RollupGrain;
  readonly by: string;
  /** What its rows are. Absent for the metric's own answers. */
  readonly kind?: RollupKind | undefined;
  /** The measure whose keys, or whose sketch, it has. */
  readonly measure?: string | undefined;
  /** The days of one query, where a query gives several days apart. */
  readonly daysAtOnce: number;
  /** Differs when stored answers are no longer those of the metric. */
  readonly metricVersion: string;
  /** UTC days before and after a day whose files its answer depends on as well. */
  readonly before: number;
  readonly after: number;
  query(from: string, to: string): Statement;
}

/** A commit of the table, and the folder of this machine that has its files under their paths; of a lake on S3 only those of some days. */
export interface LakeSource {
  readonly root: string;
  readonly state: LakeState;
}

/** What runs the queries over one commit and writes their rows: a `RollupWriter` of `@headwater/queries/duckdb`. */
export interface AnswerWriter {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  answer(query: Statement): Promise<readonly { readonly day: string; readonly rows: number }[]>;
  write(day: string, file: string): Promise<void>;
  close(): void;
}

/** What makes the tables of rollups in a catalog, by which engines that read folders find them: `registerRollups` of `@headwater/publish`. */
export interface RollupCatalog {
  /** The Glue database. */
  readonly database: string;
  /** Creates the tables, or brings them up to date. */
  register(rollups: readonly Pick<StoredRollup, 'name' | 'columns'>[]): Promise<void>;
}
