import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { S3Place } from '../../catalog/s3-place.ts';

/** A pattern for the keys below a folder of a place, for conditions on `s3:prefix`. */
export const keysBelow = ({ prefix }: S3Place, folder: string): string =>
  [prefix, folder, '*'].filter((part) => part !== '').join('/');

/** An ARN pattern for the objects below a folder of a place. */
export const objectsBelow = (place: S3Place, folder: string): string =>
  `${place.bucketArn}/${keysBelow(place, folder)}`;

/** ARNs of the Glue Data Catalog. Glue also checks an action on a table against its database and the catalog. */
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

/** The ARN of an Athena workgroup. */
export const workgroupArn = ({ partition, region, account }: AwsTarget, workgroup: string): string =>
  `arn:${partition}:athena:${region}:${account}:workgroup/${workgroup}`;
