import type { Table } from '@aws-sdk/client-glue';
import { type AwsTarget, HeadwaterError } from '@headwater/core';
import { headwaterVersion, type SchemaSnapshot, snapshotDigest } from '@headwater/core/internal';
import { type CatalogInput, type CatalogTable, catalogTables } from './catalog-tables.ts';
import { comparableWith } from './column-parameters.ts';

/** The parameter with the digest of the version that was published. A table without it is not Headwater's. */
export const publishedSnapshot = 'headwater.snapshot';

const dayRange = 'projection.dt.range';
/** The parameter with the projected days that were published. They come from the target, and no snapshot has them. */
const publishedDays = 'headwater.days';

/**
 * Every table and view of the catalog that publishing writes for a version, as it writes them: the one of the clean events first.
 *
 * @example publishedTables(snapshot, target).map(({ Name }) => Name) // ['clickstream', 'clickstream__quarantine', ...]
 */
export const publishedTables = (snapshot: SchemaSnapshot, target: AwsTarget): readonly CatalogInput[] =>
  catalogTables(snapshot.table, target).flatMap((table) => tableOf(table, snapshot) ?? []);

/** The derived table, with its version, its days and the release of Headwater that derived it. */
export function tableOf(
  { derive }: Pick<CatalogTable, 'derive'>,
  snapshot: SchemaSnapshot,
): CatalogInput | undefined {
  const input = derive(snapshot);
  const days = input?.Parameters[dayRange];
  return (
    input && {
      ...input,
      Parameters: {
        ...input.Parameters,
        'headwater.version': snapshot.version,
        [publishedSnapshot]: snapshotDigest(snapshot.schema),
        'headwater.release': headwaterVersion,
        ...(days === undefined ? {} : { [publishedDays]: days }),
      },
    }
  );
}

/** A version's table with the days for which it was published: other days of the target are a change, and no drift. */
export function publishedTable(
  table: Pick<CatalogTable, 'derive'>,
  snapshot: SchemaSnapshot,
  live: Table,
): CatalogInput | undefined {
  const derived = tableOf(table, snapshot);
  const ours = derived && comparableWith(live, derived);
  const { [publishedDays]: days, ...parameters }: Record<string, string> = ours?.Parameters ?? {};
  const published = live.Parameters?.[publishedDays];
  if (!ours || days === undefined) return ours;
  // A table that was published before the days were recorded is compared with the target's.
  const before = published === undefined ? {} : { [publishedDays]: published, [dayRange]: published };
  return { ...ours, Parameters: { ...parameters, ...before } };
}

/** The version that a live table was published from. Undefined when it is none of `versions`. */
export function knownVersion(live: Table, versions: readonly SchemaSnapshot[]): SchemaSnapshot | undefined {
  const published = live.Parameters?.[publishedSnapshot];
  return versions.findLast(({ schema }) => snapshotDigest(schema) === published);
}

/**
 * The version that a live table was published from.
 *
 * @param latest the number of the latest saved version, for the message
 * @throws HeadwaterError `PUBLISH_CONFLICT` when it is none of `versions`
 */
export function publishedVersion(
  live: Table,
  versions: readonly SchemaSnapshot[],
  latest = versions.at(-1)?.version,
): SchemaSnapshot {
  const known = knownVersion(live, versions);
  if (known) return known;
  throw new HeadwaterError('PUBLISH_CONFLICT', {
    table: live.Name ?? '',
    published: live.Parameters?.['headwater.version'] ?? 'an unnamed version',
    at: live.UpdateTime?.toISOString() ?? 'an unknown time',
    known: latest ?? 'none',
  });
}
