import { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { partitionOf } from './aws-region.ts';
import { day, named, s3Folder } from './config-field.ts';
import { type LakeAlarmsConfig, lakeAlarmsConfig } from './lake-alarms-config.ts';
import { type PermissionClass, permissionClasses } from './permission-class.ts';
import { type PublishedServices, publishedServices, serviceProblems } from './published-services.ts';
import { defaultWorkgroup } from './query-place.ts';

/** The place of tables on AWS, in names. It contains no secrets. */
export interface AwsTarget extends PublishedServices {
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** The AWS account, twelve digits. ARNs contain it. */
  readonly account: string;
  /** The database of the Glue Data Catalog. */
  readonly database: string;
  /** The lake, `s3://bucket/prefix`, without a slash at the end; a table is at `<location>/<table>/`. */
  readonly location: string;
  /** First UTC day that queries can read, `YYYY-MM-DD`. The projected days begin there. */
  readonly firstDay: string;
  /** Last UTC day that queries can read, `YYYY-MM-DD`. Absent: tomorrow, which moves with the clock. */
  readonly lastDay?: string | undefined;
  /** Athena workgroup. */
  readonly workgroup: string;
  /**
   * The place of Athena's results as the config has it, `s3://...`, without a slash at the end. Absent when the config has none:
   * `queryPlace` has the default.
   */
  readonly results?: string | undefined;
  /** Registry of the Glue Schema Registry. */
  readonly registry: string;
  /** The ARN of the key of AWS KMS by which files and results are encrypted. Absent: keys of S3. */
  readonly kmsKey?: string | undefined;
  /** Classes of readers for whom publishing makes a workgroup, and a view where the table has one. */
  readonly permissionClasses?: readonly PermissionClass[] | undefined;
  /** What the alarms over loads and queries watch. */
  readonly alarms?: LakeAlarmsConfig | undefined;
  /** The account that owns the buckets, if it is another one. */
  readonly bucketOwner?: string | undefined;
  /** The AWS partition, such as `aws` or `aws-cn`. ARNs begin with it. */
  readonly partition: string;
}

/** An {@link AwsTarget} as a user writes it. */
export interface AwsConfig extends PublishedServices {
  readonly region: string;
  readonly account: string;
  readonly database: string;
  /** Defaults to the config's lake if that is on S3. */
  readonly location?: string | undefined;
  readonly firstDay: string;
  /**
   * Last UTC day that queries on Athena and Trino can read, `YYYY-MM-DD`: an earlier one for data that has ended, whose days without
   * files need no listing, a later one for events of the future. Defaults to tomorrow, which moves with the clock.
   */
  readonly lastDay?: string | undefined;
  /** Defaults to `headwater-<database>`, so that lakes share neither limits nor a place for results. */
  readonly workgroup?: string | undefined;
  /** Defaults to `s3://<bucket>/_athena/<prefix>`, beside the lake: Lake Formation forbids results in a registered location. */
  readonly results?: string | undefined;
  /** Defaults to `headwater-<database>`. A schema in the registry has the table's name, and two lakes may use the same one. */
  readonly registry?: string | undefined;
  /**
   * The ARN of a key of AWS KMS in the region: every file of the lake and every result is encrypted by it (SSE-KMS). Defaults to
   * keys of S3. It is no alias, because policies name the key.
   */
  readonly kmsKey?: string | undefined;
  /**
   * Classes of readers who may not see every column. Publishing makes a workgroup for each, with a place for results of its own, and
   * a view with the columns that it may see where the table has a view. Defaults to none.
   */
  readonly permissionClasses?: readonly PermissionClass[] | undefined;
  /**
   * What the alarms of CloudWatch over loads and queries watch, whom they notify, and where their runbooks are. Optional: without it,
   * `headwater derive load-alarms` makes the alarms with the defaults.
   */
  readonly alarms?: LakeAlarmsConfig | undefined;
  /** The account that owns the buckets. Defaults to `account`. Athena refuses to write results to a bucket of another one. */
  readonly bucketOwner?: string | undefined;
  /** Follows from the region. Only a region that Headwater does not list needs it. */
  readonly partition?: string | undefined;
}

/**
 * Directory buckets list their objects in no order, and not after a given name, which reading manifests needs
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
 */
const isDirectoryBucket = (url: string): boolean => /^s3:\/\/[^/]*--x-s3(\/|$)/.test(url);
const place = s3Folder.refine((url) => !isDirectoryBucket(url), {
  error: 'is a directory bucket, which lists objects in no order; use a general purpose bucket',
});

const schema = z.strictObject({
  region: named(/^[a-z]{2,4}(-[a-z]+)+-[0-9]+$/, 'a region such as eu-central-1'),
  account: named(/^[0-9]{12}$/, 'the account, twelve digits as text'),
  // The workgroup's default name has ten more characters, and at most 128.
  database: named(/^[a-z][a-z0-9_]{0,117}$/, 'a lower-case letter, then lower-case letters, digits and _'),
  location: place,
  firstDay: day,
  lastDay: day.optional(),
  workgroup: named(/^[A-Za-z0-9._-]{1,128}$/, 'letters, digits and . _ -').optional(),
  results: place.optional(),
  registry: named(/^[A-Za-z0-9_$#.-]{1,255}$/, 'letters, digits and - _ $ # .').optional(),
  kmsKey: named(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/,
    'the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>',
  ).optional(),
  permissionClasses: z
    .array(z.enum(permissionClasses, `must be ${permissionClasses.join(' or ')}`))
    .optional(),
  alarms: lakeAlarmsConfig.optional(),
  bucketOwner: named(/^[0-9]{12}$/, 'an account, twelve digits as text').optional(),
  partition: named(/^aws(-[a-z]+)*$/, 'a partition such as aws, aws-cn or aws-us-gov').optional(),
  ...publishedServices,
});

/**
 * Completes a target with its defaults, and rejects values that AWS would reject.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID` naming every field that is wrong
 * @example
 * ```ts
 * awsTarget({ region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://shop-lake/events', firstDay: '2019-10-01' });
 * // { ..., workgroup: 'headwater-shop', registry: 'headwater-shop', partition: 'aws' }
 * ```
 */
export function awsTarget(config: AwsConfig): AwsTarget {
  const parsed = schema.safeParse(config);
  const problems = parsed.success
    ? targetProblems(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message }));
  if (!parsed.success || problems.length > 0) throw new HeadwaterError('AWS_CONFIG_INVALID', { problems });
  const { region, database } = parsed.data;
  const {
    workgroup = defaultWorkgroup(database),
    registry = `headwater-${database}`,
    partition = partitionOf(region) ?? 'aws',
    ...given
  } = parsed.data;
  return { ...given, workgroup, registry, partition };
}

/** Problems of fields that have to agree with each other. */
function targetProblems({
  region,
  partition,
  kmsKey,
  location,
  results,
  firstDay,
  lastDay,
  alarms,
  ...services
}: z.output<typeof schema>): { field: string; problem: string }[] {
  const known = partitionOf(region);
  if (known === undefined && partition === undefined)
    return [{ field: 'region', problem: 'is in no known partition; set partition' }];
  const isOther = known !== undefined && partition !== undefined && partition !== known;
  return [
    ...(isOther ? [{ field: 'partition', problem: `must be ${known}, the one of ${region}` }] : []),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    ...(kmsKey !== undefined && kmsKey.split(':')[3] !== region
      ? [
          {
            field: 'kmsKey',
            problem: `must be a key in ${region}: S3 takes keys of the bucket's region only`,
          },
        ]
      : []),
    ...(lastDay !== undefined && lastDay < firstDay
      ? [{ field: 'lastDay', problem: `must not be before firstDay, ${firstDay}` }]
      : []),
    ...(alarms?.topicArn !== undefined && alarms.topicArn.split(':')[3] !== region
      ? [
          {
            field: 'alarms.topicArn',
            problem: `must be in ${region}: an alarm tells topics of its own region`,
          },
        ]
      : []),
    // Readers may write there, and results expire.
    ...(results !== undefined && `${location}/`.startsWith(`${results}/`)
      ? [{ field: 'results', problem: `must not contain the lake at ${location}` }]
      : []),
    ...serviceProblems(services, { region, location }),
  ];
}

/** The location of a table's files, with the slash at the end. */
export function tableLocation(target: AwsTarget, table: string): string {
  return `${target.location}/${table}/`;
}
