import { deriveFlinkApplication, deriveFlinkRole, type EventsTable } from '@headwater/core';
import { answersStream, flinkPlace, streamOf } from '@headwater/core/internal';
import { CfnOutput, Tags } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { dependOn } from '../resource/depend-on.ts';
import { otherPart } from '../resource/part-of.ts';
import { derivedRole } from '../roles/derived-role.ts';
import { policiesOf } from '../roles/policies-of.ts';
import { answerSizes, flinkQuestions, streamTable } from '../stream-parts.ts';
import { eventStream } from './event-stream.ts';
import { loggedApplication } from './logged-application.ts';

/**
 * The application of Managed Flink, and a stream for the answers to each of its questions. CloudFormation makes it stopped: the output
 * `StartFlink` has the command that starts it, once.
 */
export class FlinkApplicationPart extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const table = streamTable(context);
    if (table === undefined) return;
    Tags.of(this).add('headwater:table', table.name);
    this.#run(table, context);
  }

  #run({ name: table, schema }: EventsTable, context: PlatformContext): void {
    const { target, sizes, assets } = context;
    if (assets.flink === undefined) throw new Error('The assets have no zip of Flink');
    const code = new Asset(this, 'Code', { path: assets.flink });
    const place = flinkPlace(table, target, 'application');
    const url = `s3://${code.s3BucketName}/${code.s3ObjectKey}`;
    const { RoleName, Description, AssumeRolePolicyDocument } = deriveFlinkRole(target);
    const role = derivedRole(this, 'Role', {
      name: RoleName,
      description: Description,
      trust: JSON.parse(AssumeRolePolicyDocument),
      policies: policiesOf([schema], target, 'flink', { code: url }),
    });
    const derived = deriveFlinkApplication(schema, target, {
      code: url,
      parallelism: sizes.flink.parallelism,
      parallelismPerKpu: sizes.flink.parallelismPerKpu,
    });
    const application = loggedApplication(this, derived, place, sizes.logDays);
    dependOn(application, role, otherPart(this, ['stream', 'Events']));
    for (const question of flinkQuestions(context)) {
      const stream = answersStream(streamOf(table, target), question);
      application.node.addDependency(eventStream(this, `Answers-${question}`, stream, answerSizes));
    }
    new CfnOutput(this, 'StartFlink', {
      description: 'Starts the application of Flink, which CloudFormation makes stopped',
      value: `aws kinesisanalyticsv2 start-application --region ${target.region} --application-name ${place.name}`,
    });
  }
}
