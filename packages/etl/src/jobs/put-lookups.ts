import { join } from 'node:path';
import type { AwsTarget, TableSchema } from '@headwater/core';
import { jobsPath } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { contentHash } from '../lake/content-hash.ts';
import { openScratchFolder } from '../lake/scratch-folder.ts';
import { exportLookups } from '../load/duckdb/export-lookups.ts';
import { findLookups } from '../load/lookup-files.ts';
import type { PlannedLookup } from '../load/spark/spark-plan.ts';

interface LookupOptions {
  /** A file or an object on S3 for each lookup of the table, by its name. */
  readonly lookups?: Readonly<Record<string, string>> | undefined;
  readonly target: AwsTarget;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the files of a table's lookups on this machine, as a load here does, and puts their clean rows below the lake, named by their
 * content. So a wrong lookup is refused before a job starts, and a job that was started with an earlier file keeps it.
 *
 * @throws HeadwaterError `LOOKUP_MISSING`, `LOOKUP_INVALID`, `INPUT_*`
 */
export async function putLookups(
  { store, lake }: { readonly store: LakeStore; readonly lake: string },
  schema: TableSchema,
  { lookups, target, signal }: LookupOptions,
): Promise<PlannedLookup[]> {
  const files = await findLookups(schema, lookups, target);
  if (files.length === 0) return [];
  await using scratch = await openScratchFolder('lookups');
  const staged = (name: string): string => join(scratch.path, name);
  const exported = await exportLookups(
    { schema, staged, options: { aws: target, signal } },
    files,
    scratch.path,
  );
  // Awaited here: the scratch folder goes when the function ends.
  return await Promise.all(
    exported.map(async ({ at, ...lookup }) => {
      const hash = await contentHash(at);
      const path = `${jobsPath(schema.name)}/lookups/${hash}.parquet`;
      if ((await store.info(path)) === undefined) await store.put(path, at, { hash, signal });
      return { ...lookup, at: `${lake}/${path}` };
    }),
  );
}
