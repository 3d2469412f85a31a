import type { AwsTarget } from '../../catalog/aws-target.ts';

/** A place on S3, cut into its parts. */
export interface S3Place {
  readonly bucket: string;
  /** The bucket's ARN, for what is done to buckets. */
  readonly bucketArn: string;
  /** Without a slash at either end; empty for the whole bucket. */
  readonly prefix: string;
}

/** `s3://bucket/prefix` as IAM sees it. */
export function s3Place({ partition }: AwsTarget, url: string): S3Place {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(url) ?? [];
  return { bucket, bucketArn: `arn:${partition}:s3:::${bucket}`, prefix };
}

/** Keys below a folder of a place, as a pattern: for conditions on `s3:prefix`. */
export const keysBelow = ({ prefix }: S3Place, folder: string): string =>
  [prefix, folder, '*'].filter((part) => part !== '').join('/');

/** Objects below a folder of a place. */
export const objectsBelow = (place: S3Place, folder: string): string =>
  `${place.bucketArn}/${keysBelow(place, folder)}`;

/** ARNs of the Glue Data Catalog: an action on a table has to be allowed on its database and the catalog too. */
export function glueArns(target: AwsTarget, tables: readonly string[]): string[] {
  const arn = (resource: string): string =>
    `arn:${target.partition}:glue:${target.region}:${target.account}:${resource}`;
  return [
    arn('catalog'),
    arn(`database/${target.database}`),
    ...tables.map((table) => arn(`table/${target.database}/${table}`)),
  ];
}

/** ARNs of the Schema Registry: the registry, and a schema for each table. */
export function registryArns(target: AwsTarget, tables: readonly string[]): string[] {
  const arn = (resource: string): string =>
    `arn:${target.partition}:glue:${target.region}:${target.account}:${resource}`;
  return [
    arn(`registry/${target.registry}`),
    ...tables.map((table) => arn(`schema/${target.registry}/${table}`)),
  ];
}

/** The ARN of the Athena workgroup. */
export const workgroupArn = ({ partition, region, account, workgroup }: AwsTarget): string =>
  `arn:${partition}:athena:${region}:${account}:workgroup/${workgroup}`;
