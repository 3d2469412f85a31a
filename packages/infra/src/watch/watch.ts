import { type AlarmCall, deriveCloudWatchDashboard } from '@headwater/core';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { noticeRule } from './notice-rule.ts';
import { watchedOf } from './watched.ts';

/**
 * Alarms, notices and a dashboard over what the platform has, as they are derived: the same names and bytes as those of
 * `headwater derive alarms`, `load-alarms`, `query-alarms` and `cloudwatch-dashboard`. All of them tell the topic of the platform.
 */
export class Watch extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, tables, config, topic, topicArn, has } = context;
    const { calls, notices } = watchedOf(context);
    this.#makeAlarms(calls);
    const rules = notices.map((notice) => noticeRule(this, notice, topicArn));
    if (rules.length > 0)
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
      topic.addToResourcePolicy(
        new PolicyStatement({
          sid: 'AllowNotices',
          effect: Effect.ALLOW,
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sns:Publish'],
          resources: [topicArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ attrArn }) => attrArn) } },
        }),
      );
    derivedResource(
      this,
      'Dashboard',
      'AWS::CloudWatch::Dashboard',
      deriveCloudWatchDashboard(
        tables.map(({ schema }) => schema),
        target,
        { loads: has('load'), pricePerTerabyte: config.pricePerTerabyte },
      ),
    );
  }

  /** A detector is made before the alarm that follows it in the calls: otherwise the alarm makes one of its own. */
  #makeAlarms(calls: readonly AlarmCall[]): void {
    let detector: Construct | undefined;
    for (const [index, call] of calls.entries()) {
      if (call.operation === 'PutAnomalyDetector') {
        const next = calls[index + 1]?.input;
        const name = next && 'AlarmName' in next ? next.AlarmName : String(index);
        detector = derivedResource(this, `${name}-usual`, 'AWS::CloudWatch::AnomalyDetector', call.input);
        continue;
      }
      const alarm = derivedResource(this, call.input.AlarmName, 'AWS::CloudWatch::Alarm', call.input);
      if (detector !== undefined) alarm.node.addDependency(detector);
      detector = undefined;
    }
  }
}
