import type { AwsTarget } from '../../catalog/aws-target.ts';
import { keysBelow, objectsBelow, s3Place } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';

/** Whether files are read, or written and removed as well. */
type Access = 'read' | 'write';

const objectActions: { readonly [Kind in Access]: readonly string[] } = {
  read: ['s3:GetObject'],
  write: [
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
  ],
};

/**
 * Access to folders of the lake, and to their names.
 * @param folders below the lake, such as `clickstream` and `_headwater/clickstream`
 */
export function lakeStatements(
  target: AwsTarget,
  folders: readonly string[],
  access: Access,
): ReasonedStatement[] {
  const place = s3Place(target, target.location);
  const isWriting = access === 'write';
  return [
    {
      Sid: isWriting ? 'WriteLake' : 'ReadLake',
      Effect: 'Allow',
      Action: [...objectActions[access]],
      Resource: folders.map((folder) => objectsBelow(place, folder)),
      reason: isWriting
        ? 'Files are read, written, and removed when they are replaced; large ones go up in parts'
        : 'The files that are read, and the manifests that say which they are',
    },
    {
      Sid: 'ListLake',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [place.bucketArn],
      ...(isWriting
        ? {
            // https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
            reason:
              'Names of files in the whole bucket: of a file that is not there S3 says so only to who may list without a condition',
          }
        : {
            Condition: { StringLike: { 's3:prefix': folders.map((folder) => keysBelow(place, folder)) } },
            reason: 'Names of files, below the same folders alone',
          }),
    },
    ...(isWriting
      ? [
          {
            Sid: 'FindUploads',
            Effect: 'Allow' as const,
            Action: ['s3:ListBucketMultipartUploads'],
            Resource: [place.bucketArn],
            reason:
              'Uploads that a run left open are given up; S3 has no narrower permission for finding them',
          },
        ]
      : []),
  ];
}

/** Athena's results are written and read as the caller, wherever the query's tables are. */
export function resultStatements(target: AwsTarget): ReasonedStatement[] {
  const place = s3Place(target, target.results);
  const buckets = [...new Set([s3Place(target, target.location).bucketArn, place.bucketArn])];
  return [
    {
      Sid: 'KeepResults',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: [objectsBelow(place, '')],
      reason: "Athena writes a query's result as the caller, and the caller reads it there",
    },
    {
      Sid: 'ListResults',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [place.bucketArn],
      Condition: { StringLike: { 's3:prefix': [keysBelow(place, '')] } },
      reason: 'Athena looks at its results by name',
    },
    {
      Sid: 'FindBuckets',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation'],
      Resource: buckets,
      reason: 'Athena asks in which region a bucket is before it reads or writes there',
    },
  ];
}
