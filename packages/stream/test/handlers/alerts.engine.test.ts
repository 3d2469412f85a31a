import { randomBytes } from 'node:crypto';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAlertHandler } from '../../src/handlers/index.ts';
import { defineThresholds, type Incident, type Notifier } from '../../src/index.ts';
import { createSnsNotifier } from '../../src/sns/index.ts';
import { createDynamodbAlertStore } from '../../src/stores/dynamodb/index.ts';
import { describeAlertStore } from '../stores/alert-store-contract.ts';
import { type TestTable, testTable } from '../stores/dynamodb-table.ts';
import { poisonList } from './deliver.ts';
import { shop } from './shop-table.ts';
import { shardDriver } from './window-driver.ts';

const sns = new SNSClient();
const sqs = new SQSClient();
let live: TestTable;
beforeAll(async () => {
  live = await testTable();
});
afterAll(() => live.drop());

let made = 0;
describeAlertStore('in DynamoDB', () => {
  made += 1;
  return createDynamodbAlertStore({ name: `events_${made}` }, live);
});

describe('alerts on SNS', () => {
  /** A queue that gets the messages of a topic that its filter lets pass. */
  async function subscribed(topicArn: string, filter: object): Promise<() => Promise<Message[]>> {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: `q-${randomBytes(4).toString('hex')}` }),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: Attributes?.['QueueArn'],
        Attributes: { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(filter) },
      }),
    );
    return async () => {
      const all: Message[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
        );
        if (Messages.length === 0) return all;
        all.push(...Messages);
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    };
  }

  it('reach the subscribers whose filter they pass, each once, though deliveries are repeated', async () => {
    const { TopicArn = '' } = await sns.send(
      new CreateTopicCommand({ Name: `alerts-${randomBytes(4).toString('hex')}` }),
    );
    const queues = {
      critical: await subscribed(TopicArn, { severity: ['critical'] }),
      actors: await subscribed(TopicArn, {
        subject_type: ['actor'],
        kind: [{ prefix: 'many-' }],
        state: ['open'],
      }),
      ends: await subscribed(TopicArn, { state: ['closed'] }),
    };
    const thresholds = defineThresholds(shop, [
      { kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 },
      { kind: 'flood', of: 'site', moreThan: 20, within: 10, severity: 'critical' },
    ]);
    const inner = createSnsNotifier({ client: sns, topicArn: TopicArn });
    let crashes = 2;
    // The first two times the function ends after SNS took the messages, and before it says so.
    const notifier: Notifier = {
      async publish(messages) {
        const report = await inner.publish(messages);
        crashes -= 1;
        if (crashes >= 0) throw new Error('the function ends');
        return report;
      },
    };
    const store = createDynamodbAlertStore(shop, live);
    const instance = () =>
      createAlertHandler(shop, { thresholds, quiet: 60, store, notifier, failures: poisonList() });
    const start = Date.UTC(2026, 1, 1);
    const rows = [
      ...Array.from({ length: 12 }, (_, index) => ({ at: 1000 + index * 500, user: 2 })),
      ...Array.from({ length: 12 }, (_, index) => ({ at: 1100 + index * 500, user: 3 })),
      ...[40, 120, 121].flatMap((at) => [2, 3].map((user) => ({ at: at * 1000 + user, user }))),
    ];
    const drivers = [0, 1].map((shard) =>
      shardDriver(
        `shardId-00000000000${shard}`,
        rows
          .filter(({ user }) => user % 2 === shard)
          .map(({ at, user }) => ({
            text: JSON.stringify({
              event_time: new Date(start + at),
              event_type: 'view',
              product_id: 1,
              price: 1,
              user_id: user,
              session_id: `s${user}`,
            }),
            arrived: start + at + 50,
          })),
        { windowSeconds: 60, batchSize: 20, instance },
      ),
    );
    for (let isLeft = true; isLeft; ) {
      const left = [];
      for (const driver of drivers) left.push(await driver.next());
      isLeft = left.includes(true);
    }
    const received = Object.fromEntries(
      await Promise.all(
        Object.entries(queues).map(async ([name, receive]) => [name, await receive()] as const),
      ),
    );
    // A subscriber drops what it has seen by the attribute `notice`.
    const once = (messages: readonly Message[] = []) =>
      [...new Map(messages.map((one) => [one.MessageAttributes?.['notice']?.StringValue, one])).values()]
        .map(({ Body }): Incident => JSON.parse(Body ?? ''))
        .map(({ kind, subject, state, seen }) => `${kind} ${subject} ${state} ${seen}`)
        .sort();
    expect(once(received['critical'])).toEqual(['flood shop_events closed 24', 'flood shop_events open 24']);
    expect(once(received['actors'])).toEqual(['many-actions 2 open 12', 'many-actions 3 open 12']);
    expect(once(received['ends'])).toEqual([
      'flood shop_events closed 24',
      'many-actions 2 closed 12',
      'many-actions 3 closed 12',
    ]);
    expect(received['actors']?.length).toBeGreaterThan(2);
    expect(crashes).toBeLessThan(0);
  });
});
