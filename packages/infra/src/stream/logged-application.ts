import type { FlinkApplication, FlinkStudio } from '@headwater/core';
import type { FlinkPlace } from '@headwater/core/internal';
import {
  type CfnApplication,
  CfnApplicationCloudWatchLoggingOption,
} from 'aws-cdk-lib/aws-kinesisanalyticsv2';
import type { Construct } from 'constructs';
import { derivedResource } from '../resource/derived-resource.ts';
import { logGroup } from '../resource/log-group.ts';

/** An application of Managed Flink, or a notebook of Studio, with its group and stream of logs, which it does not make itself. */
export function loggedApplication(
  scope: Construct,
  body: FlinkApplication | FlinkStudio,
  { logGroup: arn, logStream, name }: FlinkPlace,
  days: number,
): CfnApplication {
  const logs = logGroup(scope, 'Logs', {
    name: arn.split(':log-group:')[1] ?? '',
    days,
    streams: [logStream.split(':log-stream:')[1] ?? ''],
  });
  const application = derivedResource(scope, 'Application', 'AWS::KinesisAnalyticsV2::Application', body);
  application.node.addDependency(logs);
  const logging = new CfnApplicationCloudWatchLoggingOption(scope, 'Logging', {
    applicationName: name,
    cloudWatchLoggingOption: { logStreamArn: logStream },
  });
  logging.node.addDependency(application);
  return application;
}
