import { z } from 'zod';
import { storedPath } from './stored-path.ts';

export const count = z.int().nonnegative();

/** Counts of one load. Always `rowsIn = rowsOut + duplicates + quarantined`. */
const accounting = { rowsIn: count, rowsOut: count, duplicates: count, quarantined: count };

/** A content's XXH3-128 in hex (https://xxhash.com). Files are named by it, so it holds nothing that a name could not. */
const contentHash = z.string().regex(/^[0-9a-z]+$/, 'is not a hash');

export const dataFile = z.strictObject({
  /** Path below the lake's folder, with forward slashes. */
  path: storedPath,
  /** The folder's UTC day, `YYYY-MM-DD`. */
  day: z.iso.date(),
  rows: count,
  bytes: count,
  /** That of the file; the first 16 characters name it. */
  hash: contentHash,
  /** Smallest and largest value of the time column, ISO 8601. */
  timeRange: z.tuple([z.string(), z.string()]).optional(),
  /** Compressed bytes by column: what a column-billed engine would scan. */
  columnBytes: z.record(z.string(), count).optional(),
});

export const manifestInput = z.strictObject({
  /** The input as the user named it. */
  source: z.string(),
  /** That of the bytes as read: how a second load of the same content is recognised. */
  hash: contentHash,
  bytes: count,
  ...accounting,
});

/** What a commit remembers of the table's definition: its fingerprint, its columns, and whose day names the folders. */
export const schemaOfManifest = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-z]+$/, 'is not a fingerprint'),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string(), nullable: z.boolean() })),
  /** The time column. Commits of before it was noted have none. */
  time: z.string().optional(),
});

/** The shape of one commit. `version` is the layout of this file itself. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  table: z.string(),
  sequence: z.int().positive(),
  runId: z.string(),
  operation: z.enum(['load', 'compact', 'replay']),
  startedAt: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  headwater: z.string(),
  schema: schemaOfManifest,
  /** Ids of changes since files of earlier commits that were meant, though those files do not fit them. */
  allowed: z.array(z.string()).exactOptional(),
  inputs: z.array(manifestInput),
  ...accounting,
  reasons: z.record(z.string(), count),
  added: z.array(dataFile),
  /** Paths that this commit takes out of the lake. */
  removed: z.array(storedPath),
  quarantineAdded: z.array(dataFile),
  quarantineRemoved: z.array(storedPath),
});

/** One committed change of a table: what was read, what was counted, which files were added and removed. */
export type Manifest = z.infer<typeof manifestSchema>;
/** One committed Parquet file. */
export type DataFile = z.infer<typeof dataFile>;
/** One source file of a load with its own accounting. */
export type ManifestInput = z.infer<typeof manifestInput>;
/** The table's definition at a commit. */
export type ManifestSchema = z.infer<typeof schemaOfManifest>;

/** The folder of a table's manifests below the lake. */
export const manifestFolder = (table: string): string => `_headwater/${table}`;

/** The file name of the manifest with this sequence number. Names order as their numbers do. */
export const manifestName = (sequence: number): string => `${String(sequence).padStart(8, '0')}.json`;

/** The path of the manifest with this sequence number: a commit is the creation of exactly this file. */
export const manifestPath = (table: string, sequence: number): string =>
  `${manifestFolder(table)}/${manifestName(sequence)}`;

/** Whether a file name is that of a manifest. */
export function isManifestName(name: string): boolean {
  return /^[0-9]{8,}\.json$/.test(name);
}
