import type { Table, TableInput } from '@aws-sdk/client-glue';
import { HeadwaterError } from '@headwater/core';
import { headwaterVersion, type SchemaSnapshot, snapshotDigest } from '@headwater/core/internal';
import type { CatalogTable } from './catalog-tables.ts';

/** The parameter with the digest of the version that was published. A table without it is not Headwater's. */
export const publishedSnapshot = 'headwater.snapshot';

const dayRange = 'projection.dt.range';
/** The parameter with the projected days that were published. They come from the target, and no snapshot has them. */
const publishedDays = 'headwater.days';

/** The derived table, with its version, its days and the release of Headwater that derived it. */
export function tableOf(
  { derive }: Pick<CatalogTable, 'derive'>,
  snapshot: SchemaSnapshot,
): TableInput | undefined {
  const input = derive(snapshot);
  const days = input?.Parameters?.[dayRange];
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
): TableInput | undefined {
  const ours = tableOf(table, snapshot);
  const { [publishedDays]: days, ...parameters } = ours?.Parameters ?? {};
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
