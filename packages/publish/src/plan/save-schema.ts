import type { SchemaSnapshot } from '@headwater/core/internal';
import { assertKnownIds } from '../compare/assert-known-ids.ts';
import { type CompareOptions, compareSchema, type SchemaComparison } from '../compare/compare-schema.ts';
import { nextSnapshot } from '../snapshots/next-snapshot.ts';
import { readSnapshots, writeSnapshot } from '../snapshots/snapshot-folder.ts';
import { assertAllowed } from '../steps/assert-allowed.ts';

/** The definition to save, and where. */
export interface SaveOptions<Impact> extends Omit<CompareOptions<Impact>, 'before'> {
  /** The folder of snapshots, to be committed with the code. */
  readonly folder: string;
  /** Ids of breaking or irreversible changes that are allowed. */
  readonly allow?: readonly string[] | undefined;
}

/** A saved version, and what it changed. */
export interface SavedSchema<Impact> {
  readonly comparison: SchemaComparison<Impact>;
  readonly snapshot: SchemaSnapshot;
  /** False where nothing changed since the latest version. */
  readonly isNew: boolean;
}

/**
 * Saves a definition as a version in the folder of snapshots. Later definitions are compared with it, and publishing to AWS
 * publishes it. Needs no cloud.
 *
 * @throws HeadwaterError `CHANGES_NOT_ALLOWED`, `OPTION_INVALID` for an id that names no change, `SNAPSHOT_INVALID`
 * @example
 * ```ts
 * await saveSchema({ now: clickstream.schema, folder: './schema' }); // writes schema/clickstream/1.json
 * ```
 */
export async function saveSchema<Impact = never>(options: SaveOptions<Impact>): Promise<SavedSchema<Impact>> {
  const { now, folder, allow = [] } = options;
  const history = await readSnapshots(folder, now.name);
  const latest = history.at(-1);
  const comparison = await compareSchema({ ...options, before: latest });
  const { diff } = comparison;
  assertKnownIds(allow, history, diff);
  const needs = diff.changes.filter(({ needsAllow }) => needsAllow).map(({ id }) => id);
  assertAllowed(now.name, needs, new Set(allow));
  const snapshot = nextSnapshot(now, diff, latest, allow);
  const isNew = snapshot !== latest;
  if (isNew) await writeSnapshot(folder, snapshot);
  return { comparison, snapshot, isNew };
}
