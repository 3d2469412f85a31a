import { type StreamFunction, type StreamNames, streamNames } from '@headwater/core';
import { answersStream, failureQueue, kinesisArn } from '@headwater/core/internal';
import { handlerNeeds } from '@headwater/stream/bundle';
import { Duration, Tags } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { dependOn } from '../resource/depend-on.ts';
import { otherPart } from '../resource/part-of.ts';
import { answerSizes, givesUp, streamFunctions, streamTable } from '../stream-parts.ts';
import { failureQueueOf } from './failure-queue.ts';
import { incidentTopic } from './incident-topic.ts';
import { liveTable } from './live-table.ts';
import { streamFunction } from './stream-function.ts';
import { streamSource } from './stream-source.ts';

/** The functions over the stream, with the table of live stores, the topic of incidents, and a queue for what each gives up. */
export class Functions extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const table = streamTable(context);
    if (table === undefined) return;
    const names = streamNames(table.name, context.target);
    Tags.of(this).add('headwater:table', table.name);
    const shared: readonly IConstruct[] = [
      liveTable(this, 'Live', names.sessionsTable),
      incidentTopic(this, 'Incidents', context, names.topicArn),
      context.bucketOf(names.poisonBucket),
    ];
    for (const name of streamFunctions(context)) {
      const made = streamFunction(this, name, table, names, context);
      made.node.addDependency(...shared);
      this.#invoke(name, made, names, context);
    }
  }

  /** Connects a function with what invokes it, and with where its failures go. */
  #invoke(name: StreamFunction, made: LambdaFunction, names: StreamNames, context: PlatformContext): void {
    const { trigger } = handlerNeeds[name];
    if (!givesUp(name)) {
      // Firehose calls it as its own role.
      otherPart(this, ['stream', 'Delivery'])?.node.addDependency(made);
      return;
    }
    const queue = failureQueueOf(this, `${name}-failures`, failureQueue(names.functions[name]));
    if (trigger === 'schedule') {
      scheduled(this, names.functions[name], made, queue);
      return;
    }
    const isOfEvents = trigger === 'events';
    const streamName = isOfEvents ? names.stream : answersStream(names.stream, 'many-actions');
    const stream = Stream.fromStreamArn(this, `${name}-stream`, kinesisArn(context.target, streamName));
    const { retentionHours } = isOfEvents ? context.sizes.stream : answerSizes;
    made.addEventSource(
      streamSource(stream, handlerNeeds[name], queue, { ...context.sizes.functions, retentionHours }),
    );
    dependOn(made, otherPart(this, isOfEvents ? ['stream', 'Events'] : ['flink', 'Answers-many-actions']));
  }
}

/** A run each minute. One that fails is made up for by the next one, so it is not repeated. */
function scheduled(scope: Construct, name: string, made: LambdaFunction, queue: Queue): void {
  made.configureAsyncInvoke({
    onFailure: new SqsDestination(queue),
    retryAttempts: 0,
    maxEventAge: Duration.minutes(1),
  });
  new Rule(scope, 'schedule', {
    ruleName: name,
    description: `Invokes the function ${name} each minute`,
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [
      new LambdaTarget(made, { deadLetterQueue: queue, retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
    ],
  });
}
