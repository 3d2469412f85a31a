import { at } from '../../../../rules/aws-rule.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';
import type { Properties } from '../resource-handler.ts';
import { jsonText, listOf, present } from './values.ts';

const topicArn = ({ region, account, properties }: CallContext): string =>
  `arn:aws:sns:${region}:${account}:${properties['TopicName']}`;

/** The attributes of a topic that have the name of their property. */
const topicAttributes = [
  'DisplayName',
  'KmsMasterKeyId',
  'FifoTopic',
  'ContentBasedDeduplication',
  'SignatureVersion',
  'TracingConfig',
  'ArchivePolicy',
  'FifoThroughputScope',
] as const;

const subscriptionAttributes = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
] as const;

const queueAttributes = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
  'RedrivePolicy',
  'RedriveAllowPolicy',
] as const;

const attributesOf = (properties: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(
    Object.entries(present(properties, names)).map(([name, value]) => [name, jsonText(value)]),
  );

const queueUrl = ({ answer }: CallContext): string => String(answer['QueueUrl']);

/** Each attribute that an update gives another value, as a call of SNS wants it: one by one. */
function changedAttributes(
  { properties, old }: CallContext,
  names: readonly string[],
  own: Properties,
): Properties[] {
  return names
    .filter((name) => jsonText(properties[name]) !== jsonText(old[name]))
    .map((name) => ({ ...own, AttributeName: name, AttributeValue: jsonText(properties[name] ?? '') }));
}

/** Topics, queues, and who may send to them. */
export const messagingTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::SNS::Topic': {
    service: 'sns',
    name: 'TopicName',
    replaces: ['FifoTopic'],
    id: topicArn,
    attributes: (context) => ({
      TopicArn: topicArn(context),
      TopicName: String(context.properties['TopicName']),
    }),
    exists: {
      operation: 'GetTopicAttributes',
      isOwn: true,
      with: (context) => ({ TopicArn: topicArn(context) }),
    },
    create: [
      {
        operation: 'CreateTopic',
        with: ({ properties }) => ({
          Name: properties['TopicName'],
          Attributes: attributesOf(properties, topicAttributes),
        }),
        uses: ['TopicName', ...topicAttributes],
      },
      {
        operation: 'Subscribe',
        isOwn: true,
        with: (context) =>
          listOf(context.properties['Subscription']).map((item) => ({
            ...Object(item),
            TopicArn: topicArn(context),
          })),
        uses: ['Subscription'],
      },
    ],
    update: [
      {
        operation: 'SetTopicAttributes',
        isOwn: true,
        with: (context) => changedAttributes(context, topicAttributes, { TopicArn: context.id }),
        uses: topicAttributes,
      },
      {
        operation: 'TagResource',
        isOwn: true,
        with: ({ id, properties }) => ({ ResourceArn: id, Tags: properties['Tags'] ?? [] }),
        uses: ['Tags'],
      },
    ],
    delete: [{ operation: 'DeleteTopic', isOwn: true, with: ({ id }) => ({ TopicArn: id }) }],
  },
  'AWS::SNS::Subscription': {
    service: 'sns',
    replaces: ['Endpoint', 'Protocol', 'TopicArn'],
    id: ({ answer }) => String(answer['SubscriptionArn']),
    attributes: ({ id }) => ({ Arn: id }),
    create: [
      {
        operation: 'Subscribe',
        with: ({ properties }) => ({
          Attributes: attributesOf(properties, subscriptionAttributes),
          ReturnSubscriptionArn: true,
        }),
        uses: subscriptionAttributes,
      },
    ],
    update: [
      {
        operation: 'SetSubscriptionAttributes',
        isOwn: true,
        with: (context) =>
          changedAttributes(context, subscriptionAttributes, { SubscriptionArn: context.id }),
        uses: subscriptionAttributes,
      },
    ],
    delete: [{ operation: 'Unsubscribe', isOwn: true, with: ({ id }) => ({ SubscriptionArn: id }) }],
  },
  'AWS::SNS::TopicPolicy': {
    service: 'sns',
    attributes: ({ id }) => ({ Id: id }),
    create: [topicPolicy()],
    update: [topicPolicy()],
    delete: [
      {
        operation: 'SetTopicAttributes',
        isOwn: true,
        with: ({ properties }) =>
          listOf(properties['Topics']).map((topic) => ({
            TopicArn: topic,
            AttributeName: 'Policy',
            AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
          })),
      },
    ],
  },
  'AWS::SQS::Queue': {
    service: 'sqs',
    name: 'QueueName',
    replaces: ['FifoQueue'],
    id: queueUrl,
    attributes: (context) => ({
      Arn: `arn:aws:sqs:${context.region}:${context.account}:${context.properties['QueueName']}`,
      QueueName: String(context.properties['QueueName']),
      QueueUrl: queueUrl(context),
    }),
    exists: {
      operation: 'GetQueueUrl',
      isOwn: true,
      with: ({ properties }) => ({ QueueName: properties['QueueName'] }),
    },
    create: [
      {
        operation: 'CreateQueue',
        with: ({ properties }) => ({ Attributes: attributesOf(properties, queueAttributes) }),
        uses: queueAttributes,
      },
    ],
    update: [
      {
        operation: 'SetQueueAttributes',
        isOwn: true,
        with: ({ id, properties }) => ({
          QueueUrl: id,
          Attributes: attributesOf(properties, queueAttributes),
        }),
        uses: queueAttributes,
      },
      {
        operation: 'TagQueue',
        isOwn: true,
        with: ({ id, properties }) => ({ QueueUrl: id, Tags: properties['Tags'] ?? [] }),
        uses: ['Tags'],
      },
    ],
    delete: [{ operation: 'DeleteQueue', isOwn: true, with: ({ id }) => ({ QueueUrl: id }) }],
  },
  'AWS::SQS::QueuePolicy': {
    service: 'sqs',
    attributes: ({ id }) => ({ Id: id }),
    create: [queuePolicy(({ properties }) => JSON.stringify(at(properties, 'PolicyDocument')))],
    update: [queuePolicy(({ properties }) => JSON.stringify(at(properties, 'PolicyDocument')))],
    delete: [queuePolicy(() => '')],
  },
};

function topicPolicy() {
  return {
    operation: 'SetTopicAttributes',
    isOwn: true,
    with: ({ properties }: CallContext) =>
      listOf(properties['Topics']).map((topic) => ({
        TopicArn: topic,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify(properties['PolicyDocument']),
      })),
    uses: ['Topics', 'PolicyDocument'],
  } as const;
}

function queuePolicy(policy: (context: CallContext) => string) {
  return {
    operation: 'SetQueueAttributes',
    isOwn: true,
    with: (context: CallContext) =>
      listOf(context.properties['Queues']).map((queue) => ({
        QueueUrl: queue,
        Attributes: { Policy: policy(context) },
      })),
    uses: ['Queues', 'PolicyDocument'],
  } as const;
}
