import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { PlatformFacts } from '../platform-context.ts';
import { type BucketPlan, bucketName, bucketPlans } from './bucket-plans.ts';

/**
 * The buckets of every place that the config names: encrypted, closed to the public, for TLS only, with access logs in a bucket of their
 * own. They stay when the stack is deleted. Buckets of another account, and those of `infra.existingBuckets`, are used as they are.
 */
export class LakeBuckets extends Construct {
  readonly #buckets = new Map<string, IBucket>();
  #logs: Bucket | undefined;

  constructor(scope: Construct, id: string, facts: PlatformFacts) {
    super(scope, id);
    const { target, infra } = facts;
    const isElsewhere = target.bucketOwner !== undefined && target.bucketOwner !== target.account;
    const key = target.kmsKey === undefined ? undefined : Key.fromKeyArn(this, 'Key', target.kmsKey);
    const plans = bucketPlans(facts);
    for (const plan of plans) {
      const exists = isElsewhere || infra.existingBuckets?.includes(plan.name);
      this.#buckets.set(
        plan.name,
        exists
          ? Bucket.fromBucketName(this, plan.name, plan.name)
          : (this.#make(plan, key, facts) as IBucket),
      );
      if (plan.name === facts.logBucket) this.#logs?.addToResourcePolicy(logDelivery(facts, plans));
    }
  }

  /** The bucket of a place, as {@link PlatformContext.bucketOf}. */
  bucketOf(place: string): IBucket {
    const name = bucketName(place);
    const bucket = this.#buckets.get(name);
    if (!bucket)
      throw new Error(`${name} is no bucket of the platform: ${[...this.#buckets.keys()].join(', ')}`);
    return bucket;
  }

  #make(plan: BucketPlan, key: IKey | undefined, { logBucket }: PlatformFacts): Bucket {
    const isLog = plan.name === logBucket;
    const bucket = new Bucket(this, plan.name, {
      bucketName: plan.name,
      // S3 delivers access logs to buckets with its own keys only
      // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
      ...(key === undefined || isLog
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: plan.isVersioned,
      lifecycleRules: [...plan.rules],
      // What a stack could not finish to create, it removes again.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const resource = bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error('A bucket of CDK has no resource');
    // CDK's own switch makes a function that sets this after the bucket is there.
    if (plan.sendsEvents)
      resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    if (isLog) this.#logs = bucket;
    else this.#logAccess(bucket, resource, { plan, logBucket });
    return bucket;
  }

  /**
   * Has S3 deliver the access logs of a bucket. CDK's own switch gives the policy of the log bucket a reference to each other bucket, so
   * that it comes after them; S3 wants it before.
   */
  #logAccess(
    bucket: Bucket,
    resource: CfnBucket,
    { plan, logBucket }: { readonly plan: BucketPlan; readonly logBucket: string },
  ): void {
    resource.loggingConfiguration = { destinationBucketName: logBucket, logFilePrefix: `${plan.name}/` };
    if (!this.#logs?.policy) return;
    bucket.node.addDependency(this.#logs.policy);
  }
}

/**
 * Lets S3 deliver the access logs of the buckets, and of no others
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
 */
function logDelivery({ target, logBucket }: PlatformFacts, plans: readonly BucketPlan[]): PolicyStatement {
  const arn = (name: string): string => `arn:${target.partition}:s3:::${name}`;
  const logged = plans.map(({ name }) => name).filter((name) => name !== logBucket);
  return new PolicyStatement({
    sid: 'DeliverAccessLogs',
    principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: logged.map((name) => `${arn(logBucket)}/${name}/*`),
    conditions: {
      ArnLike: { 'aws:SourceArn': logged.map(arn) },
      StringEquals: { 'aws:SourceAccount': target.account },
    },
  });
}
