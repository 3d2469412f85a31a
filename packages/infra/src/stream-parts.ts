import {
  type AwsTarget,
  type EventsTable,
  type FlinkQuestionName,
  type StreamFunction,
  streamNames,
} from '@headwater/core';
import { carriesTable, failureQueue, flinkPlace, lambdaArn, questionsOf } from '@headwater/core/internal';
import { handlersOfTable } from '@headwater/stream';
import type { PlatformFacts } from './platform-context.ts';
import type { ScaleSizes } from './scale/sizes.ts';

// What a platform has over its stream. It follows from the config, and needs no CDK.

/** What the parts of a stream follow from. */
export type StreamFacts = Pick<PlatformFacts, 'target' | 'tables' | 'config' | 'infra' | 'has' | 'topicArn'>;

/** The table whose events the stream of the config carries. Undefined without a stream. */
export const streamTable = ({
  target,
  tables,
}: Pick<StreamFacts, 'target' | 'tables'>): EventsTable | undefined =>
  tables.find(({ name }) => carriesTable(target, name));

/** The size of a stream of answers, in every scale: they are few, and their readers are close behind. */
export const answerSizes = { shards: 1, retentionHours: 24 } as const satisfies ScaleSizes['stream'];

/** What the application of Flink asks of the stream: by default what the function `relay` tells, where the table can answer it. */
export function flinkQuestions(facts: StreamFacts): readonly FlinkQuestionName[] {
  const table = streamTable(facts);
  if (table === undefined || !facts.has('flink')) return [];
  const { questions } = facts.infra.flink ?? {};
  if (questions !== undefined) return questions;
  const possible = questionsOf(table.schema);
  return possible.includes('many-actions') ? ['many-actions'] : possible;
}

/** Whether what a function fails on to the end goes to a queue. What is not transformed goes to the error prefix of Firehose. */
export const givesUp = (name: StreamFunction): boolean => name !== 'transform';

/** Whether the function that cleans for Firehose is one of this account and region, which the stack then makes. */
const makesTransform = (target: AwsTarget, table: string): boolean =>
  target.stream?.transform !== undefined &&
  target.stream.transform === lambdaArn(target, streamNames(table, target).functions.transform);

/**
 * The functions that run over the stream: those that the table and the field `stream` of the config ask for, one that tells what Flink finds, and
 * the one of `aws.stream.transform`.
 */
export function streamFunctions(facts: StreamFacts): readonly StreamFunction[] {
  const table = streamTable(facts);
  const { target, config, has } = facts;
  if (table === undefined || !has('functions')) return [];
  return [
    ...handlersOfTable(table.schema, config.stream),
    ...(flinkQuestions(facts).includes('many-actions') ? (['relay'] as const) : []),
    ...(makesTransform(target, table.name) ? (['transform'] as const) : []),
  ];
}

/**
 * A target with the names of what the stack makes over the stream: the topic, and what alarms watch: the functions that run, their queues of failures,
 * and the application of Flink. So every part, and every derivation that it uses, has the same ones. Names of the config stay.
 */
export function deployedTarget(facts: StreamFacts): AwsTarget {
  const { target, has, topicArn: alarmTopic } = facts;
  const table = streamTable(facts);
  if (table === undefined || target.stream === undefined) return target;
  const { functions, topicArn, poisonBucket } = streamNames(table.name, target);
  const { alarms } = target.stream;
  const running = streamFunctions(facts);
  return {
    ...target,
    stream: {
      ...target.stream,
      topicArn,
      poisonBucket,
      alarms: {
        ...alarms,
        topicArn: alarmTopic,
        functions: {
          ...alarms?.functions,
          ...Object.fromEntries(running.map((name) => [name, functions[name]])),
        },
        failureQueues: [
          ...(alarms?.failureQueues ?? []),
          ...running.filter(givesUp).map((name) => failureQueue(functions[name])),
        ],
        ...(has('flink')
          ? {
              flinkApplication:
                alarms?.flinkApplication ?? flinkPlace(table.name, target, 'application').name,
            }
          : {}),
      },
    },
  };
}
