import { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';

/** Where tables live on AWS, in names. Nothing here is a secret. */
export interface AwsTarget {
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** Twelve digits; ARNs need it. */
  readonly account: string;
  /** The database of the Glue Data Catalog. */
  readonly database: string;
  /** The lake, `s3://bucket/prefix`, without a slash at the end; a table is at `<location>/<table>/`. */
  readonly location: string;
  /** First UTC day that a query can see, `YYYY-MM-DD`: where the projected days begin. */
  readonly firstDay: string;
  /** Athena workgroup. */
  readonly workgroup: string;
  /** Where Athena writes results, `s3://...`, without a slash at the end. */
  readonly results: string;
  /** Registry of the Glue Schema Registry. */
  readonly registry: string;
  /** `aws`; another one in China and for governments. */
  readonly partition: string;
}

/** An {@link AwsTarget} as a user writes it. */
export interface AwsConfig {
  readonly region: string;
  readonly account: string;
  readonly database: string;
  /** The config's lake when that is on S3. */
  readonly location?: string | undefined;
  readonly firstDay: string;
  /** `headwater-<database>` when not given, so that lakes share no limits and no place for results. */
  readonly workgroup?: string | undefined;
  /** `<location>/_athena` when not given. */
  readonly results?: string | undefined;
  /** `headwater-<database>` when not given: a schema there has the table's name, which two lakes may both have. */
  readonly registry?: string | undefined;
  /** `aws` when not given. */
  readonly partition?: string | undefined;
}

const named = (pattern: RegExp, what: string) =>
  z.string(`has to be ${what}`).regex(pattern, `has to be ${what}`);

/**
 * A bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html) and plain folder names: what a
 * location template, an IAM resource or a Hive path would read as a sign of its own is refused.
 */
const s3Pattern = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/(?!\.{1,2}(\/|$))[A-Za-z0-9_.=-]+)*\/?$/;
const s3 = named(s3Pattern, 's3://bucket/folder, in letters, digits and _ . = -').transform((url) =>
  url.replace(/\/$/, ''),
);

const schema = z.strictObject({
  region: named(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'a region such as eu-central-1'),
  account: named(/^[0-9]{12}$/, 'the account, twelve digits as text'),
  // Ten characters fewer than a workgroup's name may have, which is made of it.
  database: named(/^[a-z][a-z0-9_]{0,117}$/, 'a lower-case letter, then lower-case letters, digits and _'),
  location: s3,
  firstDay: z.iso.date('has to be a day that exists, YYYY-MM-DD'),
  workgroup: named(/^[A-Za-z0-9._-]{1,128}$/, 'letters, digits and . _ -').optional(),
  results: s3.optional(),
  registry: named(/^[A-Za-z0-9_$#.-]{1,255}$/, 'letters, digits and - _ $ # .').optional(),
  partition: named(/^aws(-[a-z]+)*$/, 'aws, aws-cn or aws-us-gov').default('aws'),
});

/**
 * A complete target: what the config leaves out is filled in, what AWS would refuse is refused.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID` naming every field that is wrong
 * @example
 * ```ts
 * awsTarget({ region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://shop-lake/events', firstDay: '2019-10-01' });
 * // { ..., workgroup: 'headwater-shop', registry: 'headwater-shop', results: 's3://shop-lake/events/_athena', partition: 'aws' }
 * ```
 */
export function awsTarget(config: AwsConfig): AwsTarget {
  const parsed = schema.safeParse(config);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.'),
      problem: message,
    }));
    throw new HeadwaterError('AWS_CONFIG_INVALID', { problems });
  }
  const { location, database } = parsed.data;
  const {
    workgroup = `headwater-${database}`,
    registry = `headwater-${database}`,
    results = `${location}/_athena`,
    ...given
  } = parsed.data;
  return { ...given, workgroup, registry, results };
}

/** The location of a table's files, with the slash at the end. */
export function tableLocation(target: AwsTarget, table: string): string {
  return `${target.location}/${table}/`;
}
