import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformFacts } from '../platform-context.ts';

/** The services that tell the topic by themselves. Everybody else has a policy of their own. */
const publishers = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'];

/**
 * The topic that alarms and the budget tell, with the addresses of `infra.alarmEmails`. It takes messages of this account alone, by TLS.
 * What it is told has names and figures, and no events.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 */
export function alarmTopic(scope: Construct, id: string, { topicArn, target, infra }: PlatformFacts): ITopic {
  const [, , , , account, topicName = ''] = topicArn.split(':');
  if (account !== target.account) return Topic.fromTopicArn(scope, id, topicArn);
  const topic = new Topic(scope, id, { topicName, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarms',
      effect: Effect.ALLOW,
      principals: publishers.map((service) => new ServicePrincipal(service)),
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  for (const address of infra.alarmEmails ?? []) {
    const subscription = topic.addSubscription(new EmailSubscription(address));
    acknowledge(subscription, {
      'Serverless-SNSRedrivePolicy':
        'Mail that cannot be delivered needs no queue: alarms stay in the history of CloudWatch, where they are read',
    });
  }
  return topic;
}
