import { Alias } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';

/**
 * The topic of incidents and reminders, encrypted by the key that SNS has in the account, and for TLS only. A topic of another account is used as it
 * is, and so is the topic of alarms where the config has one for both.
 */
export function incidentTopic(
  scope: Construct,
  id: string,
  context: PlatformContext,
  topicArn: string,
): ITopic {
  if (topicArn === context.topicArn) return context.topic;
  const [, , , region, account, topicName = ''] = topicArn.split(':');
  if (account !== context.target.account || region !== context.target.region)
    return Topic.fromTopicArn(scope, id, topicArn);
  const isFifo = topicName.endsWith('.fifo');
  return new Topic(scope, id, {
    topicName,
    enforceSSL: true,
    masterKey: Alias.fromAliasName(scope, `${id}Key`, 'alias/aws/sns'),
    ...(isFifo ? { fifo: true } : {}),
  }) as ITopic;
}
