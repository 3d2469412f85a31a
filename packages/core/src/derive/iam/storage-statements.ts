import type { AwsTarget } from '../../catalog/aws-target.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { keysBelow, objectsBelow, s3Place } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';

/** Read access, or access to read, write and remove. */
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
 * Access to the files in folders of the lake, and to their names.
 *
 * @param folders paths below the lake, such as `clickstream` and `_headwater/clickstream`
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
        ? 'Files are read, written, and removed when they are replaced; large files are uploaded in parts'
        : 'The files that are read, and the manifests that list them',
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
              'Names of files in the whole bucket: S3 reports a missing file as missing only with permission to list without a condition',
          }
        : {
            Condition: { StringLike: { 's3:prefix': folders.map((folder) => keysBelow(place, folder)) } },
            reason: 'Names of files, below the same folders only',
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
              'Unfinished uploads of earlier runs are aborted; S3 has no narrower permission to list them',
          },
        ]
      : []),
  ];
}

/** Athena writes and reads results with the caller's permissions. */
export function resultStatements(target: AwsTarget): ReasonedStatement[] {
  const place = s3Place(target, queryPlace(target).results);
  const buckets = [...new Set([s3Place(target, target.location).bucketArn, place.bucketArn])];
  return [
    {
      Sid: 'KeepResults',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: [objectsBelow(place, '')],
      reason:
        "Athena writes the result of a query with the caller's permissions, and the caller reads it there",
    },
    {
      Sid: 'ListResults',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [place.bucketArn],
      Condition: { StringLike: { 's3:prefix': [keysBelow(place, '')] } },
      reason: 'Athena lists its results by name',
    },
    {
      Sid: 'FindBuckets',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation'],
      Resource: buckets,
      reason: 'Athena looks up the region of a bucket before it reads or writes there',
    },
  ];
}
