import { type AwsStreamConfig, defineEvents, timestamp } from '@headwater/core';
import { type InfraConfig, type PlatformConfig, platformFacts } from '@headwater/infra';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { flinkQuestions, streamFunctions, streamTable } from '../src/stream-parts.ts';
import { shopConfig } from './support/shop-config.ts';

const least = { name: 'shop-clicks', sessionsTable: 'shop-live' };
const own = 'headwater-shop-clickstream';

/** What follows from a config with this stream. */
function factsOf(
  stream: AwsStreamConfig | undefined,
  more: Partial<PlatformConfig> = {},
  infra: InfraConfig = {},
) {
  const { aws, stream: _, ...config } = shopConfig({ parts: {}, flink: undefined, ...infra });
  if (aws === undefined) throw new Error('no aws');
  return platformFacts({ ...config, ...more, aws: { ...aws, stream } });
}

test('a platform without a stream has no function, and its target is that of the config', () => {
  const facts = factsOf(undefined);
  expect(streamTable(facts)).toBeUndefined();
  expect([streamFunctions(facts), flinkQuestions(facts)]).toEqual([[], []]);
  expect(facts.target.stream).toBeUndefined();
});

test('what the config leaves open has its default name, and alarms watch what runs', () => {
  const { target, topicArn } = factsOf(least);
  expect(target.stream).toEqual({
    ...least,
    topicArn: `arn:aws:sns:eu-central-1:123456789012:${own}-incidents`,
    poisonBucket: 'example-shop-lake-poison',
    alarms: {
      topicArn,
      functions: {
        ...{ sessions: `${own}-sessions`, reminders: `${own}-reminders` },
        ...{ alerts: `${own}-alerts`, recommend: `${own}-recommend` },
      },
      failureQueues: ['sessions', 'reminders', 'alerts', 'recommend'].map(
        (name) => `${own}-${name}-failures`,
      ),
    },
  });
});

test('names of the config stay, and queues are called after the functions', () => {
  const alarms = { functions: { sessions: 'live' }, failureQueues: ['other'], silentMinutes: 30 };
  const { target } = factsOf({ ...least, alarms }, { stream: { thresholds: [] } });
  expect(target.stream?.alarms).toMatchObject({
    ...{ silentMinutes: 30, functions: { sessions: 'live', recommend: `${own}-recommend` } },
    failureQueues: ['other', 'live-failures', `${own}-reminders-failures`, `${own}-recommend-failures`],
  });
});

describe('functions', () => {
  test('are none without their part', () => {
    expect(streamFunctions(factsOf(least, {}, { parts: { functions: false } }))).toEqual([]);
  });

  test('have the one that cleans only where it is of this account and region', () => {
    const made = (transform: string) =>
      streamFunctions(factsOf({ ...least, deliveryStream: 'shop-delivery', transform })).includes(
        'transform',
      );
    expect(made('arn:aws:lambda:eu-central-1:123456789012:function:clean')).toBe(true);
    expect(made('arn:aws:lambda:eu-central-1:210987654321:function:clean')).toBe(false);
    // Somebody keeps that alias, and the stack does not.
    expect(made('arn:aws:lambda:eu-central-1:123456789012:function:clean:live')).toBe(false);
  });

  test('are those that the table has roles for', () => {
    const pings = defineEvents('pings', {
      columns: { at: timestamp(), host: z.string() },
      roles: { time: 'at' },
    });
    expect(streamFunctions(factsOf(least, { tables: [pings] }))).toEqual(['sessions']);
  });

  test('tell what Flink finds where it asks for that', () => {
    const flink = { jars: ['connector.jar'] };
    const asked = factsOf(least, {}, { flink });
    expect(flinkQuestions(asked)).toEqual(['many-actions']);
    expect(streamFunctions(asked)).toContain('relay');
    expect(asked.target.stream?.alarms?.flinkApplication).toBe(own);
    const other = factsOf(least, {}, { flink: { ...flink, questions: ['per-minute'] } });
    expect(streamFunctions(other)).not.toContain('relay');
  });
});
