import type { DataFile } from '@headwater/core/internal';

/** A Parquet file in the staging folder, and the entry it will have in the manifest. */
export interface WrittenFile {
  readonly stagedPath: string;
  readonly file: DataFile;
}
