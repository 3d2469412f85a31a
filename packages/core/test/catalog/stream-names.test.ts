import { expect, test } from 'vitest';
import { awsTarget, deriveFunctionRole, streamNames } from '../../src/index.ts';
import { shopEvents } from '../derive/shop-events.ts';

const place = {
  ...{ region: 'eu-central-1', account: '123456789012', database: 'shop' },
  ...{ location: 's3://shop-lake/events', firstDay: '2019-10-01' },
};
const stream = { name: 'shop-clicks', sessionsTable: 'shop-sessions' };

test('what the config leaves open has a name by database and table', () => {
  const own = 'headwater-shop-shop_events';
  expect(streamNames('shop_events', awsTarget({ ...place, stream }))).toEqual({
    ...{ stream: 'shop-clicks', sessionsTable: 'shop-sessions', poisonBucket: 'shop-lake-poison' },
    topicArn: `arn:aws:sns:eu-central-1:123456789012:${own}-incidents`,
    functions: {
      ...{ sessions: `${own}-sessions`, alerts: `${own}-alerts`, detect: `${own}-detect` },
      ...{ recommend: `${own}-recommend`, relay: `${own}-relay`, reminders: `${own}-reminders` },
      transform: `${own}-transform`,
    },
  });
});

test('names of the config win, for the table that the stream carries only', () => {
  const target = awsTarget({
    ...place,
    stream: {
      ...{ ...stream, tables: ['shop_events'], deliveryStream: 'shop-delivery', poisonBucket: 'shop-bad' },
      topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts',
      transform: 'arn:aws:lambda:eu-central-1:123456789012:function:clean:live',
      alarms: { functions: { sessions: 'keep-sessions' } },
    },
  });
  const { functions, topicArn, poisonBucket } = streamNames('shop_events', target);
  expect({ functions, topicArn, poisonBucket }).toMatchObject({
    functions: { sessions: 'keep-sessions', alerts: 'headwater-shop-shop_events-alerts', transform: 'clean' },
    ...{ topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts', poisonBucket: 'shop-bad' },
  });
  expect(streamNames('other', target)).toMatchObject({
    ...{ stream: 'other', sessionsTable: 'headwater-shop-other-sessions', poisonBucket: 'shop-lake-poison' },
    functions: { sessions: 'headwater-shop-other-sessions', transform: 'headwater-shop-other-transform' },
  });
});

test('a default that AWS refuses says which word replaces it', () => {
  const long = 'x'.repeat(50);
  expect(() => streamNames(long, awsTarget({ ...place, stream }))).toThrow(
    /aws\.stream\.alarms\.functions\./,
  );
  const target = awsTarget({ ...place, location: `s3://${'b'.repeat(60)}/events`, stream });
  expect(() => streamNames('shop_events', target)).toThrow('aws.stream.poisonBucket');
});

test('the role of a function has its name, and Lambda alone may take it', () => {
  const { RoleName, AssumeRolePolicyDocument } = deriveFunctionRole(
    shopEvents.schema,
    awsTarget({ ...place, stream }),
    'sessions',
  );
  expect(RoleName).toBe('headwater-shop-shop_events-sessions');
  expect(JSON.parse(AssumeRolePolicyDocument).Statement).toEqual([
    {
      ...{ Sid: 'AssumeAsLambda', Effect: 'Allow', Action: 'sts:AssumeRole' },
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    },
  ]);
  expect(() => deriveFunctionRole(shopEvents.schema, awsTarget(place), 'other' as never)).toThrow(
    'one of sessions',
  );
});
