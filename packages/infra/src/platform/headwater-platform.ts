import { Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PlatformAssets } from '../assets/platform-assets.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import { LakeBuckets } from '../lake/lake-buckets.ts';
import type { PlatformContext } from '../platform-context.ts';
import { platformFacts } from '../platform-facts.ts';
import { ServiceRoles } from '../roles/service-roles.ts';
import { alarmTopic } from './alarm-topic.ts';
import { partConstructs } from './part-constructs.ts';
import { platformOutputs } from './platform-outputs.ts';

/** What {@link HeadwaterPlatform} is made of. */
export interface PlatformProps {
  readonly config: PlatformConfig;
  readonly assets: PlatformAssets;
}

/**
 * The whole platform of a config in one construct: buckets, catalogue, jobs, streams, functions, dashboards and alarms. Names are those that
 * the derivations and `headwater schema publish` use, so the parts find each other. What has data stays when it is removed.
 *
 * @throws HeadwaterError `INFRA_CONFIG_INVALID`, `AWS_CONFIG_INVALID`, or what a derivation throws
 * @example new HeadwaterPlatform(stack, 'Platform', { config, assets: await buildPlatformAssets(config, 'cdk.out/assets') })
 */
export class HeadwaterPlatform extends Construct {
  /** What the parts were given. */
  readonly context: PlatformContext;

  constructor(scope: Construct, id: string, { config, assets }: PlatformProps) {
    super(scope, id);
    const facts = platformFacts(config);
    const buckets = new LakeBuckets(this, 'Buckets', facts);
    const roles = new ServiceRoles(this, 'Roles', facts);
    this.context = {
      ...facts,
      assets,
      bucketOf: (place) => buckets.bucketOf(place),
      role: (name) => roles.role(name),
      topic: alarmTopic(this, 'Alarms', facts),
    };
    for (const [part, PartConstruct] of partConstructs)
      if (facts.has(part)) new PartConstruct(this, part, this.context);
    platformOutputs(this, facts);
    Tags.of(this).add('headwater:database', facts.target.database);
  }
}
