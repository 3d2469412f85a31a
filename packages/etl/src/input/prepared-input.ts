import type { Readable } from 'node:stream';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FileSchema } from '@headwater/core/internal';
import type { KeptLine } from './block-scanner.ts';
import type { ColumnGap } from './column-gap.ts';
import type { CsvHints, CsvLayout } from './csv-layout.ts';
import type { LineScan } from './line-scan.ts';

/** How the engine reads a prepared input. */
export type InputLayout =
  | { readonly kind: 'empty' }
  | { readonly kind: 'csv'; readonly csv: CsvLayout; readonly scan: LineScan }
  | {
      readonly kind: 'jsonl';
      /** The names in the first line's object. */
      readonly names: readonly string[];
      readonly scan: LineScan;
    }
  | {
      readonly kind: 'parquet';
      readonly fields: readonly ParquetField[];
      /** For each column of the table, its field; null where the file has none. */
      readonly positions: readonly (number | null)[];
      /** Where the paths of a table are in the file. Absent for a table without paths. */
      readonly paths?: ParquetPaths;
    };

/** Where the paths of a table are in a Parquet file. */
export interface ParquetPaths {
  /** For each column of the table, the value of its path; null where it has no path, or the file has no such value. */
  readonly values: readonly (ParquetValue | null)[];
  /** The list that the table explodes; undefined where the file has none. */
  readonly list: { readonly sql: string; readonly names: readonly string[] } | undefined;
}

/** A value in a Parquet file. */
export interface ParquetValue {
  readonly sql: string;
  /** The engine's type of it. */
  readonly type: string;
  /** The place of the file's column that it is in. */
  readonly position: number;
  /** Whether it is read from the element that a row is of. */
  readonly isOfElement: boolean;
}

/** One column of a Parquet file. */
export interface ParquetField {
  /** The name by which the engine reads it. */
  readonly name: string;
  /** The engine's type of its values, such as `BLOB` or `STRUCT(a INTEGER)`. */
  readonly type: string;
}

/** What a pass over an input finds. */
export interface InspectedInput {
  /** The file to read: the input itself, or a copy in the run's staging folder. */
  readonly path: string;
  readonly hash: string;
  /** Size of the input, packed or not. */
  readonly bytes: number;
  /** Rows in the input, counted from its bytes (text) or its footer (Parquet). */
  readonly rows: number;
  readonly layout: InputLayout;
  /** What of the file the table does not have, and the other way round. */
  readonly gap: ColumnGap;
}

/** An input that the engine can read: unpacked, without the lines that it would misread. */
export interface PreparedInput extends InspectedInput {
  readonly source: string;
  /** @throws HeadwaterError `INPUT_CHANGED` when the input was written since it was prepared */
  assertUnchanged(): Promise<void>;
}

export interface PrepareOptions {
  readonly schema: FileSchema;
  readonly hints: CsvHints;
  /** Where a copy may be written. */
  readonly copyTo: string;
  readonly connection: DuckDBConnection;
  /** Called for every line that is kept back from the engine's reader. */
  readonly onKept: (line: KeptLine) => void;
  /** Called when the input is read again from its beginning, after lines were kept back. */
  readonly onRestart: () => Promise<void>;
  readonly stdin?: Readable | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
}
