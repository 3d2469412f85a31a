import type { PipelinePlace } from './pipeline-place.ts';

/**
 * Seconds between the first object of a window and the load. A FIFO queue drops a message that equals one of the last 300 seconds
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html). With a longer
 * delay, the message is delivered after everything that was dropped because of it, so the load lists those objects.
 */
export const deliveryDelay = 330;

/** Every message is in one group. */
export const messageGroup = 'landing';

/** The message of every event: the same for all, so that a window has one. */
export const landingMessage = ({ table }: PipelinePlace): string => JSON.stringify({ table });

/** The queue's address (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html). */
export const queueUrl = ({ target, queue }: PipelinePlace): string =>
  `https://sqs.${target.region}.${domain(target.partition)}/${target.account}/${queue}`;

const domain = (partition: string): string => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');

/** The input of SQS CreateQueue. */
export const landingQueue = (place: PipelinePlace) => ({
  QueueName: place.queue,
  Attributes: {
    FifoQueue: 'true',
    // EventBridge gives its messages no id of their own.
    ContentBasedDeduplication: 'true',
    DelaySeconds: String(deliveryDelay),
    // The maximum, 14 days: a message waits while the pipe is stopped.
    MessageRetentionPeriod: '1209600',
    VisibilityTimeout: '60',
    SqsManagedSseEnabled: 'true',
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SendLandingEvents',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: place.arn('sqs', place.queue),
          Condition: {
            ArnEquals: { 'aws:SourceArn': place.arn('events', `rule/${place.rule}`) },
            StringEquals: { 'aws:SourceAccount': place.target.account },
          },
        },
      ],
    }),
  },
});

/** The input of EventBridge PutRule. Objects without bytes are folders of a console, and have no rows. */
export const landingRule = (place: PipelinePlace) => ({
  Name: place.rule,
  Description: `Objects that land in ${place.landing}`.slice(0, 512),
  State: 'ENABLED',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
  EventPattern: JSON.stringify({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: {
      bucket: { name: [place.landingPlace.bucket] },
      object: { key: [{ prefix: `${place.landingPlace.prefix}/` }], size: [{ numeric: ['>', 0] }] },
    },
  }),
});

/** The input of EventBridge PutTargets. The constant input replaces the event. */
export const landingTarget = (place: PipelinePlace) => ({
  Rule: place.rule,
  Targets: [
    {
      Id: 'landing-queue',
      Arn: place.arn('sqs', place.queue),
      Input: landingMessage(place),
      SqsParameters: { MessageGroupId: messageGroup },
    },
  ],
});

/** The input of EventBridge CreatePipe: each message starts an execution. */
export const landingPipe = (place: PipelinePlace) => ({
  Name: place.pipe,
  Description: `Starts ${place.stateMachine} for each message of ${place.queue}`,
  RoleArn: place.roleArn(place.roles.pipe),
  Source: place.arn('sqs', place.queue),
  SourceParameters: { SqsQueueParameters: { BatchSize: 1 } },
  Target: place.arn('states', `stateMachine:${place.stateMachine}`),
  TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } },
});
