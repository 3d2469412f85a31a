import { z } from 'zod';
import { storedPath } from './stored-path.ts';

export const count = z.int().nonnegative();

/** Counts of one load. Always `rowsIn = rowsOut + duplicates + quarantined + filtered`. */
const accounting = {
  rowsIn: count,
  rowsOut: count,
  duplicates: count,
  quarantined: count,
  /** Rows that the conditions of a source left out. Omitted when there are none. */
  filtered: count.exactOptional(),
};

/** The XXH3-128 of a content in hex (https://xxhash.com). File names contain it, so it has only letters and digits. */
const contentHash = z.string().regex(/^[0-9a-z]+$/, 'is not a hash');

export const dataFile = z.strictObject({
  /** Path below the lake's folder, with forward slashes. */
  path: storedPath,
  /** The folder's UTC day, `YYYY-MM-DD`. */
  day: z.iso.date(),
  rows: count,
  bytes: count,
  /** The content hash of the file. Its first 16 characters are in the file's name. */
  hash: contentHash,
  /** Smallest and largest value of the time column, ISO 8601. */
  timeRange: z.tuple([z.string(), z.string()]).optional(),
  /** Compressed bytes by column: the bytes that an engine billed by scanned columns would read. */
  columnBytes: z.record(z.string(), count).optional(),
});

export const manifestInput = z.strictObject({
  /** The input as the user named it. */
  source: z.string(),
  /** The source of the table that it was read as. Omitted when it was read by the names of the columns. */
  sourceName: z.string().exactOptional(),
  /** The content hash of the bytes as read. It identifies a second load of the same content. */
  hash: contentHash,
  bytes: count,
  /** What identifies an input that was an object on S3; `source` is its URI. Omitted for others. */
  object: z
    .strictObject({
      /** The ETag without its quotes. It is a hash of the content for some objects only, and is compared under one key only. */
      etag: z.string(),
      /** In whole seconds, as S3 keeps it. */
      lastModified: z.iso.datetime(),
      /** Omitted for an object of a bucket without versions. */
      versionId: z.string().exactOptional(),
    })
    .exactOptional(),
  /** Lines or records of the input, where each may have become several rows. */
  recordsIn: count.exactOptional(),
  ...accounting,
  /** The content hashes of the files that its columns were looked up in, by lookup. Omitted when the table has no lookups. */
  lookups: z.record(z.string(), contentHash).exactOptional(),
});

/** A place on S3 that a load listed, so that a later load need not list all of it again. */
export const manifestListing = z.strictObject({
  /** The input as the user named it: `s3://bucket/prefix/`, or a pattern. */
  location: z.string(),
  /** When the listing began, by the clock of the machine that loaded. */
  at: z.iso.datetime(),
  /** The source of the table that the objects were read as. */
  sourceName: z.string().exactOptional(),
  /** The format that the load was given, which decides about objects whose names do not say theirs. */
  format: z.string().exactOptional(),
});

/** The part of the table's definition that a commit stores: fingerprint, columns, time column. */
export const schemaOfManifest = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-z]+$/, 'is not a fingerprint'),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string(), nullable: z.boolean() })),
  /** The time column. Commits of earlier releases omit it. */
  time: z.string().optional(),
});

/**
 * What a commit can be. Earlier releases refuse a lake that holds a commit of a kind that they do not have: they would account for
 * its rows wrongly.
 */
export const operations = ['load', 'compact', 'replay', 'repair', 'discard', 'expire', 'forget'] as const;

/** The shape of one commit. `version` is the layout of this file itself. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  table: z.string(),
  sequence: z.int().positive(),
  runId: z.string(),
  operation: z.enum(operations),
  startedAt: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  headwater: z.string(),
  schema: schemaOfManifest,
  /** Ids of the changes that this commit allowed, although files of earlier commits do not fit them. */
  allowed: z.array(z.string()).exactOptional(),
  inputs: z.array(manifestInput),
  /** Every object that a listing found is loaded by this commit or an earlier one. Omitted when nothing was listed. */
  listings: z.array(manifestListing).exactOptional(),
  ...accounting,
  reasons: z.record(z.string(), count),
  /** Bad values that are null in the accepted rows, by `column:code`. Omitted when there are none. */
  nulled: z.record(z.string(), count).exactOptional(),
  /** The files that columns were looked up in. Omitted when the table has no lookups. */
  lookups: z
    .array(
      z.strictObject({
        name: z.string(),
        /** The file as the user named it. */
        source: z.string(),
        hash: contentHash,
        /** Rows of the file. */
        rows: count,
        /** Rows of the inputs whose key has no row there, and that were loaded with nulls. */
        unmatched: count,
      }),
    )
    .exactOptional(),
  added: z.array(dataFile),
  /** Paths that this commit removes from the lake. */
  removed: z.array(storedPath),
  quarantineAdded: z.array(dataFile),
  quarantineRemoved: z.array(storedPath),
  /** Rows that a discard, an expiry or an erasure removed from the quarantine for good. */
  discarded: count.exactOptional(),
  /** Rows that an expiry or an erasure removed from the lake for good. */
  erased: count.exactOptional(),
  /** Hashes of inputs that may be loaded again: a repair took a damaged file with rows of theirs out of the lake. */
  forgotten: z.array(contentHash).exactOptional(),
  /** Set by a repair of lost commits: which inputs they loaded is not known, so these are not recognized if they are loaded again. */
  inputsUnknown: z.literal(true).exactOptional(),
});

/** One commit of a table: its inputs, its counts, and the files that it added and removed. */
export type Manifest = z.infer<typeof manifestSchema>;
/** One committed Parquet file. */
export type DataFile = z.infer<typeof dataFile>;
/** One source file of a load with its own counts. */
export type ManifestInput = z.infer<typeof manifestInput>;
/** A place on S3 that a load listed. */
export type ManifestListing = z.infer<typeof manifestListing>;
/** The part of the table's definition that a commit stores. */
export type ManifestSchema = z.infer<typeof schemaOfManifest>;

/**
 * What identifies an input of a table: the hash of its content and the source that it was read as. The same file under another
 * source has other rows.
 */
export const inputKey = ({
  hash,
  sourceName,
}: {
  readonly hash: string;
  readonly sourceName?: string | undefined;
}): string => (sourceName === undefined ? hash : `${hash}:${sourceName}`);

/** What identifies a listing: other sources and formats load other objects of the same place. */
export const listingKey = ({ location, sourceName, format }: Omit<ManifestListing, 'at'>): string =>
  JSON.stringify([location, sourceName ?? null, format ?? null]);

/** One lookup of a commit. */
export type ManifestLookup = NonNullable<Manifest['lookups']>[number];

/** The folder of a table's manifests below the lake. */
export const manifestFolder = (table: string): string => `_headwater/${table}`;

/** The folder below the lake where runs keep what is not committed yet. What S3 does with it follows in `deriveS3Lifecycle`. */
export const stagingPath = (table: string): string => `${manifestFolder(table)}/staging`;

/** The folder below the lake with the scripts, plans and reports of a table's Spark jobs. */
export const jobsPath = (table: string): string => `${manifestFolder(table)}/jobs`;

/** The file name of the manifest with this sequence number. Names sort in the order of the numbers. */
export const manifestName = (sequence: number): string => `${String(sequence).padStart(8, '0')}.json`;

/** The path of the manifest with this sequence number. Creating this file is the commit. */
export const manifestPath = (table: string, sequence: number): string =>
  `${manifestFolder(table)}/${manifestName(sequence)}`;

/** Whether a file name is the name of a manifest. */
export function isManifestName(name: string): boolean {
  return /^[0-9]{8,}\.json$/.test(name);
}
