import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type S3Place, s3Place } from '../../catalog/s3-place.ts';
import { keysBelow, objectsBelow } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';

/**
 * How Athena reads the files of a table: with the reader's permissions, which the policy limits to calls from Athena, or with
 * those that Lake Formation grants for the columns that a reader may see.
 */
export type DataAccess = 'athena' | 'lake-formation';

/** Folders below the lake, such as `clickstream` and `_headwater/clickstream`. */
interface ReadFolders {
  readonly files: readonly string[];
  readonly manifests: readonly string[];
}

/**
 * What readers may read: manifests themselves, files only through Athena, or not at all when Lake Formation gives access to them.
 *
 * Athena calls S3 on behalf of the reader, and sets `aws:CalledVia`
 * (https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html).
 */
export function readStatements(
  target: AwsTarget,
  { files, manifests }: ReadFolders,
  access: DataAccess,
): ReasonedStatement[] {
  const place = s3Place(target, target.location);
  const readable = access === 'athena' ? files : [];
  return [
    ...(readable.length === 0
      ? []
      : [
          {
            Sid: 'ReadLake',
            Effect: 'Allow' as const,
            Action: ['s3:GetObject'],
            Resource: readable.map((folder) => objectsBelow(place, folder)),
            Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
            reason: 'The files, through Athena only: a reader who gets at them past it gets every column',
          },
        ]),
    {
      Sid: 'ReadManifests',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: manifests.map((folder) => objectsBelow(place, folder)),
      reason: 'The lists of files, with which the bytes of a query are estimated; they have no rows',
    },
    {
      Sid: 'ListLake',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [place.bucketArn],
      Condition: {
        StringLike: { 's3:prefix': [...readable, ...manifests].map((folder) => keysBelow(place, folder)) },
      },
      reason: 'Names of files, below the same folders only',
    },
  ];
}

/**
 * What loads may do: read, write and remove the files in folders of the lake.
 * @param folders paths below the lake
 */
export function writeStatements(target: AwsTarget, folders: readonly string[]): ReasonedStatement[] {
  const place = s3Place(target, target.location);
  return [
    {
      Sid: 'WriteLake',
      Effect: 'Allow',
      Action: [
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
      Resource: folders.map((folder) => objectsBelow(place, folder)),
      reason:
        'Files are read, written, and removed when they are replaced; large files are uploaded in parts',
    },
    listWholeBucket(place),
    {
      Sid: 'FindUploads',
      Effect: 'Allow',
      Action: ['s3:ListBucketMultipartUploads'],
      Resource: [place.bucketArn],
      reason: 'Unfinished uploads of earlier runs are aborted; S3 has no narrower permission to list them',
    },
  ];
}

/** What an erasure has to say: whether the bucket keeps old versions of what was removed, and for how long. */
export const versionStatement = (target: AwsTarget): ReasonedStatement => ({
  Sid: 'SeeVersions',
  Effect: 'Allow',
  Action: ['s3:GetBucketVersioning', 's3:GetLifecycleConfiguration'],
  Resource: [s3Place(target, target.location).bucketArn],
  reason: 'An erasure reports for how long the bucket keeps old versions of what it removed',
});

/** Listing without a condition, for callers that look whether a file is there. */
export const listWholeBucket = ({ bucketArn }: S3Place): ReasonedStatement => ({
  Sid: 'ListLake',
  Effect: 'Allow',
  Action: ['s3:ListBucket'],
  Resource: [bucketArn],
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
  reason:
    'Names of files in the whole bucket: S3 reports a missing file as missing only with permission to list without a condition',
});

/**
 * What loads may do where raw files land: list and read. A key of KMS that encrypts these files has to be allowed beside this.
 *
 * @param landing the places, `s3://...`. Without any there is no statement
 */
export function landingStatements(target: AwsTarget, landing: readonly string[]): ReasonedStatement[] {
  const places = landing.map((url) => s3Place(target, url));
  if (places.length === 0) return [];
  return [
    {
      Sid: 'ReadLanding',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: places.map((place) => objectsBelow(place, '')),
      reason: 'The inputs',
    },
    ...places.map(
      (place, index): ReasonedStatement => ({
        Sid: `ListLanding${index + 1}`,
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: [place.bucketArn],
        Condition: { StringLike: { 's3:prefix': [keysBelow(place, '')] } },
        reason: 'Names of the inputs',
      }),
    ),
  ];
}

/**
 * Use of the key by which files and results are encrypted, through S3 only. Nothing without a key. Uploads in parts need
 * `kms:Decrypt` too (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
 */
export function keyStatements({ kmsKey, region }: AwsTarget): ReasonedStatement[] {
  if (kmsKey === undefined) return [];
  return [
    {
      Sid: 'UseKey',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [kmsKey],
      // The end of the name depends on the partition.
      Condition: { StringLike: { 'kms:ViaService': [`s3.${region}.*`] } },
      reason: 'Files and results are encrypted by this key; it is used through S3 only',
    },
  ];
}

/**
 * Athena writes and reads results with the caller's permissions.
 * @param results the place of results, `s3://...`
 */
export function resultStatements(target: AwsTarget, results: string): ReasonedStatement[] {
  const place = s3Place(target, results);
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
