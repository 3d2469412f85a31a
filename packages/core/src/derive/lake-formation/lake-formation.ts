import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { TableLayer } from '../../catalog/layers/layer-table.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { needsOwnView } from '../../catalog/read-view.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { LakeFormationCall } from './lake-formation-call.ts';
import { filterCalls } from './lake-formation-filters.ts';
import {
  grantsByFilter,
  grantsByTag,
  type LakeFormationReader,
  lakeArn,
  publisherGrants,
  revocations,
} from './lake-formation-grants.ts';
import { guardedTables, guardedViews } from './lake-formation-tables.ts';
import { createTag, tagCalls } from './lake-formation-tags.ts';

/** Options of {@link deriveLakeFormation}. */
export interface LakeFormationOptions {
  /** Defaults to `curated` and `quarantine`, because a quarantine contains the same personal data. */
  readonly layers?: readonly TableLayer[] | undefined;
  /**
   * How readers get their columns: by tags on columns, or by data filters. Lake Formation adds the two up, so that together
   * they restrict nobody. Defaults to `tags`.
   */
  readonly by?: 'tags' | 'filters' | undefined;
  /** Who reads the clean events. */
  readonly readers?: readonly LakeFormationReader[] | undefined;
  /** ARNs of the roles that publish, or register partitions. */
  readonly publishers?: readonly string[] | undefined;
}

/**
 * The Lake Formation calls that follow from the PII classes of a table's columns. A data lake administrator makes them in this
 * order: tags (the tag `pii`, on tables, views and their columns, former names included) or filters; grants to readers and
 * publishers; the registration of the lake's location; and last the revocation of the rights of `IAM_ALLOWED_PRINCIPALS`.
 *
 * **Nothing is restricted before the last call.** In an account with its defaults, everybody whom IAM allows has every right to
 * every table, also to one that is published later
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/change-settings.html): turn those defaults off, or make the calls again
 * after a publication that made a table or a view. Readers must not have `s3:GetObject` on the files themselves either
 * (`deriveIamPolicy` with `access: 'lake-formation'`).
 *
 * After that, a column without a tag of its own is hidden, because its table has the tag `direct`, and a new column is in no
 * filter, because filters list the columns that they show. Partition keys are never hidden. Grants by tag reach every table of the
 * account that has the tag.
 *
 * A view over renamed columns needs the rights to every column in it, and data filters do not apply to views. So each class of
 * readers (`AwsTarget.permissionClasses`) has a view with the columns that it may see.
 *
 * An account has the tag and the location once, and a grantee that has no right cannot lose it: omit calls that AWS reports
 * as done. AddLFTagsToResource reports problems in `Failures` of its response, not as an error, so check them. The location is
 * registered with Lake Formation's own role; a key of AWS KMS must allow that role to use it.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID` for results of queries inside the lake's location, which Lake Formation forbids,
 *   `OPTION_INVALID` for a class of readers for which publishing makes no view
 * @example deriveLakeFormation(clickstream.schema, target, { by: 'filters', readers: [{ principal, permissionClass: 'no_pii' }] })
 * // [{ operation: 'CreateDataCellsFilter', ... }, { operation: 'GrantPermissions', ... }, ..., { operation: 'RevokePermissions', ... }]
 */
export function deriveLakeFormation(
  schema: TableSchema,
  target: AwsTarget,
  {
    layers = ['curated', 'quarantine'],
    by = 'tags',
    readers = [],
    publishers = [],
  }: LakeFormationOptions = {},
): LakeFormationCall[] {
  assertResultsOutside(target);
  for (const reader of readers) assertView(reader, schema, target);
  const tables = guardedTables(schema, target, layers);
  const views = layers.includes('curated') ? guardedViews(schema, target) : [];
  const guarded = [...tables, ...views];
  return [
    ...(by === 'tags'
      ? [createTag(target), ...guarded.flatMap((table) => tagCalls(table, target))]
      : tables.flatMap((table) => filterCalls(table, target))),
    ...readers.flatMap((reader) =>
      by === 'tags' ? grantsByTag(reader, target) : grantsByFilter(reader, schema, target),
    ),
    ...publishers.flatMap((principal) => publisherGrants(principal, target)),
    {
      operation: 'RegisterResource',
      input: { ResourceArn: lakeArn(target), UseServiceLinkedRole: true },
    },
    ...revocations(guarded, target),
  ];
}

/** @see https://docs.aws.amazon.com/athena/latest/ug/lf-athena-limitations.html */
function assertResultsOutside(target: AwsTarget): void {
  const { results } = queryPlace(target);
  if (!`${results}/`.startsWith(`${target.location}/`)) return;
  const problem =
    `is ${results}, inside the lake at ${target.location}. Athena writes no results to a location that is registered with Lake ` +
    'Formation: set it to another bucket, or to a folder beside the lake';
  throw new HeadwaterError('AWS_CONFIG_INVALID', { problems: [{ field: 'results', problem }] });
}

function assertView(
  { permissionClass }: LakeFormationReader,
  schema: TableSchema,
  { permissionClasses = [] }: AwsTarget,
): void {
  if (permissionClass === undefined || permissionClasses.includes(permissionClass)) return;
  if (!needsOwnView(schema, permissionClass)) return;
  const expected = `one of aws.permissionClasses: ${schema.name} is read through a view, and publishing makes none for it`;
  throw new HeadwaterError('OPTION_INVALID', { option: 'permissionClass', value: permissionClass, expected });
}
