import type { DescribedColumn } from '../table/table-schema.ts';
import type { FileFormat } from './file-formats.ts';
import type { Projection } from './projection/projection.ts';

/** A partition key: the name of a folder `key=value/`, and how its values are computed. */
export interface PartitionKey extends DescribedColumn {
  readonly projection: Projection;
}

/**
 * A table over files that AWS reads and does not own, before it is said in the words of Glue, Hive or Trino. One for each
 * layer of the lake: raw files, clean events, refused rows, rollups.
 */
export interface ExternalTable {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly DescribedColumn[];
  /** In the order of the folders. */
  readonly keys: readonly PartitionKey[];
  /** `s3://.../`, with the slash. */
  readonly location: string;
  readonly format: FileFormat;
  /** Parameters beside those of the format and of projection. */
  readonly parameters: Readonly<Record<string, string>>;
}
