import type { AwsTarget } from './aws-target.ts';
import { type PermissionClass, permissionClasses } from './permission-class.ts';

/** Where queries on Athena run, and where their results are. */
export interface QueryPlace {
  readonly workgroup: string;
  /** `s3://...`, without a slash at the end. */
  readonly results: string;
}

/** The workgroup's default name, which lakes of one account do not share. */
export const defaultWorkgroup = (database: string): string => `headwater-${database}`;

/**
 * The workgroup of a target and the place of its results: that of the config, or a folder beside the lake. It is never below the
 * lake's prefix by default, because results may not lie in a location that is registered with Lake Formation
 * (https://docs.aws.amazon.com/athena/latest/ug/lf-athena-limitations.html). A lake that is a whole bucket has no place
 * beside it.
 *
 * Results are copies of what a reader may see, so a class of readers has a workgroup and a folder of its own. Who may see more can also
 * read the results of those who may see less.
 *
 * @param permissionClass defaults to readers who see every column
 * @example queryPlace(target, 'no_pii') // { workgroup: 'headwater-shop-no-pii', results: 's3://shop-lake/_athena/events/no_pii' }
 */
export function queryPlace(
  { workgroup, location, results }: Pick<AwsTarget, 'workgroup' | 'location' | 'results'>,
  permissionClass?: PermissionClass,
): QueryPlace {
  const [, bucket = '', prefix = ''] = /^(s3:\/\/[^/]+)(.*)$/.exec(location) ?? [];
  const place = results ?? `${bucket}/_athena${prefix}`;
  return {
    workgroup: workgroupName(workgroup, permissionClass),
    results: permissionClass === undefined ? place : `${place}/${permissionClass}`,
  };
}

/** Whether a workgroup has the name of one that publishing makes for a database: the default one, or that of a class of readers. */
export const isPublishedWorkgroup = (workgroup: string, database: string): boolean =>
  [undefined, ...permissionClasses].some(
    (readers) => workgroup === workgroupName(defaultWorkgroup(database), readers),
  );

/** The name of the workgroup of a class of readers, from that of readers who see every column. */
export const workgroupName = (workgroup: string, permissionClass: PermissionClass | undefined): string =>
  permissionClass === undefined ? workgroup : `${workgroup}-${permissionClass.replaceAll('_', '-')}`;
