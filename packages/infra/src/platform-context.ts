import type { AwsTarget, EventsTable, PolicyRole } from '@headwater/core';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { PlatformAssets } from './assets/platform-assets.ts';
import type { InfraConfig } from './config/infra-config.ts';
import type { PlatformConfig } from './config/platform-config.ts';
import type { PlatformPart } from './config/platform-part.ts';
import type { ScaleSizes } from './scale/sizes.ts';

/** What follows from a config, before anything is constructed. */
export interface PlatformFacts {
  readonly target: AwsTarget;
  readonly tables: readonly EventsTable[];
  readonly config: PlatformConfig;
  readonly infra: InfraConfig;
  readonly stackName: string;
  readonly sizes: ScaleSizes;
  /** Whether the platform has a part. */
  has(part: PlatformPart): boolean;
  /** The folder where raw files of a table land, `s3://bucket/folder/<table>/`. */
  landing(table: string): string;
  /** The bucket of access logs, and that of records that no function can process. */
  readonly logBucket: string;
  readonly poisonBucket: string;
  /** The ARN of the topic that alarms and the budget tell. */
  readonly topicArn: string;
}

/** A role that a service assumes, by the name of its policy. */
export type ServiceRoleName = Extract<
  PolicyRole,
  'crawler' | 'databrew' | 'firehose' | 'flink' | 'flink-studio' | 'spark-job'
>;

/** What every part is given. */
export interface PlatformContext extends PlatformFacts {
  readonly assets: PlatformAssets;
  /**
   * The bucket of a place, `s3://bucket/...`, or of a bucket's name.
   * @throws Error for a bucket that is not among those of the platform
   */
  bucketOf(place: string): IBucket;
  /** The role that a service runs as, with its derived policy. It is made when it is first asked for. */
  role(name: ServiceRoleName): IRole;
  /** Where alarms go. */
  readonly topic: ITopic;
}
