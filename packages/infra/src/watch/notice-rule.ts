import type { Notice } from '@headwater/core';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';

/**
 * The rule of a notice: EventBridge sends its message to the topic.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function noticeRule(
  scope: Construct,
  { name, rule, description, pattern, message }: Notice,
  topicArn: string,
): CfnRule {
  const made = new CfnRule(scope, rule, {
    name: rule,
    description,
    eventPattern: pattern,
    targets: [
      {
        id: name,
        arn: topicArn,
        inputTransformer: { inputPathsMap: { ...message.paths }, inputTemplate: message.template },
      },
    ],
  });
  acknowledge(made, {
    'Serverless-EventBusDLQ':
      'EventBridge repeats for a day what the topic does not take, and the service keeps the state of the run: a queue of such messages would tell nobody either',
  });
  return made;
}
