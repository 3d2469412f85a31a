import {
  type BucketCannedACL,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  HeadBucketCommand,
  type LifecycleRule,
  type LifecycleRuleFilter,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { at } from '../../../../rules/aws-rule.ts';
import { AwsError } from '../../../aws-error.ts';
import { isSame } from '../api-resource.ts';
import type { Properties, ResourceHandler } from '../resource-handler.ts';
import { listOf } from './values.ts';

/** Sets one property of a bucket. S3's API names what CloudFormation names otherwise. */
type Setting = (s3: S3Client, bucket: string, value: unknown) => Promise<unknown>;

const settings: Readonly<Record<string, Setting>> = {
  BucketEncryption: (s3, Bucket, value) =>
    s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: listOf(at(value, 'ServerSideEncryptionConfiguration')).map((rule) => ({
            ApplyServerSideEncryptionByDefault: Object(at(rule, 'ServerSideEncryptionByDefault')),
            BucketKeyEnabled: at(rule, 'BucketKeyEnabled') === true,
          })),
        },
      }),
    ),
  VersioningConfiguration: (s3, Bucket, value) =>
    s3.send(
      new PutBucketVersioningCommand({
        Bucket,
        VersioningConfiguration: value === undefined ? { Status: 'Suspended' } : Object(value),
      }),
    ),
  PublicAccessBlockConfiguration: (s3, Bucket, value) =>
    s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: Object(value) })),
  OwnershipControls: (s3, Bucket, value) =>
    s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: Object(value) })),
  AccessControl: (s3, Bucket, value) => s3.send(new PutBucketAclCommand({ Bucket, ACL: cannedAcl(value) })),
  LoggingConfiguration: putLogging,
  LifecycleConfiguration: (s3, Bucket, value) =>
    value === undefined
      ? s3.send(new DeleteBucketLifecycleCommand({ Bucket }))
      : s3.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket,
            LifecycleConfiguration: { Rules: listOf(at(value, 'Rules')).map(lifecycleRule) },
          }),
        ),
  NotificationConfiguration: (s3, Bucket, value) =>
    s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: notifications(value),
      }),
    ),
  Tags: (s3, Bucket, value) =>
    s3.send(
      new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: listOf(value).map((tag) => Object(tag)) } }),
    ),
};

/**
 * Sets where the access log goes. moto asks at once whether logs may be written there, and AWS when it writes: a policy that allows it may come
 * later in the template. So for the moment of the call, the bucket's list of access allows it.
 */
async function putLogging(s3: S3Client, Bucket: string, value: unknown): Promise<void> {
  const TargetBucket = String(at(value, 'DestinationBucketName') ?? Bucket);
  const TargetPrefix = String(at(value, 'LogFilePrefix') ?? '');
  const LoggingEnabled = value === undefined ? {} : { LoggingEnabled: { TargetBucket, TargetPrefix } };
  const put = () => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: LoggingEnabled }));
  try {
    await put();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidTargetBucketForLogging')) throw error;
    await s3.send(new PutBucketAclCommand({ Bucket: TargetBucket, ACL: cannedAcl('LogDeliveryWrite') }));
    await put().finally(() => s3.send(new PutBucketAclCommand({ Bucket: TargetBucket, ACL: 'private' })));
  }
}

/** `LogDeliveryWrite` of a template is `log-delivery-write` of the API. */
const cannedAcl = (value: unknown): BucketCannedACL =>
  Object(
    String(value ?? 'Private')
      .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`)
      .toLowerCase(),
  ).toString();

/** CloudFormation has the conditions of a rule beside its actions, and some actions under a name of their own. */
function lifecycleRule(rule: unknown): LifecycleRule {
  const {
    Prefix,
    TagFilters = [],
    ObjectSizeGreaterThan,
    ObjectSizeLessThan,
    ExpirationInDays,
    ExpirationDate,
    ExpiredObjectDeleteMarker,
    NoncurrentVersionExpirationInDays,
    TransitionInDays: _one,
    Transitions = [],
    NoncurrentVersionTransitions = [],
    Id,
    ...others
  } = Object(rule);
  const conditions: LifecycleRuleFilter = {
    ...(Prefix === undefined ? {} : { Prefix }),
    ...(ObjectSizeGreaterThan === undefined ? {} : { ObjectSizeGreaterThan: Number(ObjectSizeGreaterThan) }),
    ...(ObjectSizeLessThan === undefined ? {} : { ObjectSizeLessThan: Number(ObjectSizeLessThan) }),
  };
  const count = Object.keys(conditions).length + TagFilters.length;
  const Filter: LifecycleRuleFilter =
    count === 0
      ? { Prefix: '' }
      : count === 1
        ? { ...conditions, ...(TagFilters.length > 0 ? { Tag: TagFilters[0] } : {}) }
        : { And: { ...conditions, Tags: TagFilters } };
  const expiry = {
    ...(ExpirationInDays === undefined ? {} : { Days: ExpirationInDays }),
    ...(ExpirationDate === undefined ? {} : { Date: new Date(ExpirationDate) }),
    ...(ExpiredObjectDeleteMarker === undefined ? {} : { ExpiredObjectDeleteMarker }),
  };
  return {
    ...others,
    ...(Id === undefined ? {} : { ID: Id }),
    Filter,
    ...(Object.keys(expiry).length > 0 ? { Expiration: expiry } : {}),
    ...(NoncurrentVersionExpirationInDays === undefined
      ? {}
      : { NoncurrentVersionExpiration: { NoncurrentDays: NoncurrentVersionExpirationInDays } }),
    ...(Transitions.length > 0
      ? {
          Transitions: listOf(Transitions).map((item) => ({
            StorageClass: Object(item).StorageClass,
            Days: Object(item).TransitionInDays,
          })),
        }
      : {}),
    ...(NoncurrentVersionTransitions.length > 0
      ? {
          NoncurrentVersionTransitions: listOf(NoncurrentVersionTransitions).map((item) => ({
            StorageClass: Object(item).StorageClass,
            NoncurrentDays: Object(item).TransitionInDays,
          })),
        }
      : {}),
  };
}

function notifications(value: unknown) {
  const filter = (item: unknown) =>
    at(item, 'Filter') === undefined
      ? {}
      : {
          Filter: {
            Key: { FilterRules: listOf(at(item, 'Filter', 'S3Key', 'Rules')).map((rule) => Object(rule)) },
          },
        };
  const events = (item: unknown) => ({ Events: [Object(item).Event], ...filter(item) });
  return {
    ...(at(value, 'EventBridgeConfiguration') === undefined ? {} : { EventBridgeConfiguration: {} }),
    QueueConfigurations: listOf(at(value, 'QueueConfigurations')).map((item) => ({
      QueueArn: Object(item).Queue,
      ...events(item),
    })),
    TopicConfigurations: listOf(at(value, 'TopicConfigurations')).map((item) => ({
      TopicArn: Object(item).Topic,
      ...events(item),
    })),
    LambdaFunctionConfigurations: listOf(at(value, 'LambdaConfigurations')).map((item) => ({
      LambdaFunctionArn: Object(item).Function,
      ...events(item),
    })),
  };
}

const attributesOf = (bucket: string, region: string) => ({
  Arn: `arn:aws:s3:::${bucket}`,
  DomainName: `${bucket}.s3.amazonaws.com`,
  DualStackDomainName: `${bucket}.s3.dualstack.${region}.amazonaws.com`,
  RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
  WebsiteURL: `http://${bucket}.s3-website-${region}.amazonaws.com`,
});

async function apply(
  s3: S3Client,
  bucket: string,
  properties: Properties,
  old: Properties,
): Promise<string[]> {
  const unapplied: string[] = [];
  for (const name of new Set([...Object.keys(properties), ...Object.keys(old)])) {
    if (name === 'BucketName' || isSame(properties[name], old[name])) continue;
    const setting = settings[name];
    if (setting === undefined) unapplied.push(name);
    else await setting(s3, bucket, properties[name]);
  }
  return unapplied;
}

async function exists(s3: S3Client, bucket: string): Promise<boolean> {
  return s3.send(new HeadBucketCommand({ Bucket: bucket })).then(
    () => true,
    () => false,
  );
}

/** Buckets of S3. */
export const bucketHandler: ResourceHandler = {
  name: 'BucketName',
  replaces: ['BucketName', 'ObjectLockEnabled'],
  async create({ s3, region, generatedName }, given) {
    const bucket = String(given['BucketName'] ?? generatedName.toLowerCase());
    if (await exists(s3, bucket)) throw new AwsError('BucketAlreadyExists', `${bucket} already exists`);
    await s3.send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(region === 'us-east-1'
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: Object(region) } }),
      }),
    );
    const properties = { ...given, BucketName: bucket };
    try {
      const unapplied = await apply(s3, bucket, properties, {});
      return { id: bucket, properties, attributes: attributesOf(bucket, region), unapplied };
    } catch (error) {
      await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
      throw error;
    }
  },
  async adopt({ s3, region }, properties) {
    const bucket = String(properties['BucketName']);
    if (!(await exists(s3, bucket))) return undefined;
    return { id: bucket, properties, attributes: attributesOf(bucket, region), unapplied: [] };
  },
  async update({ s3 }, made, given) {
    const properties = { ...given, BucketName: made.id };
    const unapplied = await apply(s3, made.id, properties, made.properties);
    const refused = unapplied.find((name) => !made.unapplied.includes(name));
    if (refused !== undefined)
      throw new AwsError('NotUpdatable', `The stand-in cannot change ${refused} of AWS::S3::Bucket`);
    return { ...made, properties };
  },
  async delete({ s3 }, { id }) {
    await s3.send(new DeleteBucketCommand({ Bucket: id }));
  },
};
