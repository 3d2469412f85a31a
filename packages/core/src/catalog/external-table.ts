import type { DescribedColumn } from '../table/table-schema.ts';
import type { FileFormat } from './file-formats.ts';
import type { Projection } from './projection/projection.ts';

/** A partition key: the name in a folder `key=value/`, and how Athena computes its values. */
export interface PartitionKey extends DescribedColumn {
  readonly projection: Projection;
}

/**
 * The catalogue's middle form: a table over files on S3, independent of the APIs and SQL of Glue, Athena and Trino. Each layer
 * of a table has one: raw files, clean events, quarantine, rollups.
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
  /** Table parameters in addition to those of the format and of projection. */
  readonly parameters: Readonly<Record<string, string>>;
}
