import type { LoadPipelineParts } from '@headwater/core/internal';
import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';

/** The queue that what lands asks for a load by. */
export function landingQueue(scope: Construct, id: string, { queue }: LoadPipelineParts): Queue {
  const { QueueName, Attributes } = queue;
  const seconds = (text: string): Duration => Duration.seconds(Number(text));
  const made = new Queue(scope, id, {
    queueName: QueueName,
    fifo: true,
    contentBasedDeduplication: true,
    deliveryDelay: seconds(Attributes.DelaySeconds),
    retentionPeriod: seconds(Attributes.MessageRetentionPeriod),
    visibilityTimeout: seconds(Attributes.VisibilityTimeout),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  for (const statement of JSON.parse(Attributes.Policy).Statement)
    made.addToResourcePolicy(PolicyStatement.fromJson(statement));
  const reason =
    'A message says only that something landed, and stays until an execution has started; there is none that cannot be processed';
  acknowledge(made, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  return made;
}

/** The rule that sends the queue the same message for every object that lands. */
export function landingRule(
  scope: Construct,
  id: string,
  { rule, ruleTarget }: LoadPipelineParts,
  queue: Queue,
): Rule {
  const { 'detail-type': detailType, ...pattern } = JSON.parse(rule.EventPattern);
  const made = new Rule(scope, id, {
    ruleName: rule.Name,
    description: rule.Description,
    eventPattern: { ...pattern, detailType } satisfies EventPattern,
  });
  for (const { Input, SqsParameters } of ruleTarget.Targets)
    made.addTarget(
      new SqsQueue(queue, {
        message: RuleTargetInput.fromObject(JSON.parse(Input)),
        messageGroupId: SqsParameters.MessageGroupId,
      }),
    );
  acknowledge(made, {
    'Serverless-EventBusDLQ':
      'EventBridge delivers again for a day. An event that is lost then is made good by the next one: a run lists the whole folder',
  });
  return made;
}
