import type { StreamFunction } from '@headwater/core';
import type { SavedVersions } from './saved-versions.ts';

/** The Python files of Spark jobs. */
export interface SparkAssets {
  /** The script of a load. */
  readonly main: string;
  /** The modules that it imports, in a folder that has nothing else. */
  readonly modules: readonly string[];
  readonly library: string;
  /** The script of the job that checks a commit. */
  readonly verify: string;
}

/** Folders and files that the stack uploads. They are made before the constructs, which cannot wait. Each is a path in `folder`. */
export interface PlatformAssets {
  /** The folder that has them. */
  readonly folder: string;
  /** Folders of the functions that run over the stream, each with the module `index.mjs`. */
  readonly functions: Readonly<Partial<Record<StreamFunction, string>>>;
  readonly spark: SparkAssets;
  /** The plans of Spark jobs, by table: JSON. */
  readonly plans: Readonly<Record<string, string>>;
  /** The saved versions of the definitions. */
  readonly versions: SavedVersions;
  /** The zip of the application of Flink. Absent: the platform has none. */
  readonly flink?: string;
}
