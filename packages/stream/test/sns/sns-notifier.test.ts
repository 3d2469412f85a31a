import type { PublishBatchCommand, PublishBatchCommandOutput, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/notify/notifier.ts';
import { createSnsNotifier } from '../../src/sns/sns-notifier.ts';

type Failed = NonNullable<PublishBatchCommandOutput['Failed']>;

/** SNS, as far as a test needs it: `answer` says which entries of a request fail. */
function topic(answer: (bodies: readonly string[], request: number) => Failed) {
  const requests: PublishBatchCommand['input'][] = [];
  const client = {
    send: async ({ input }: PublishBatchCommand) => {
      requests.push(input);
      const bodies = (input.PublishBatchRequestEntries ?? []).map(({ Message }) => Message ?? '');
      return { Failed: answer(bodies, requests.length) };
    },
  } as unknown as SNSClient;
  return { client, requests };
}

const messages = (count: number, bytes = 10): Message[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `notice-${index}`,
    group: 'g',
    body: `${index}`.padEnd(bytes, 'x'),
    attributes: { kind: 'many-actions' },
  }));
const pauses: number[] = [];
const options = {
  topicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  pause: async (milliseconds: number) => void pauses.push(milliseconds),
};
const fault = (Id: string, SenderFault = false) => ({
  Id,
  Code: 'InternalError',
  Message: 'later',
  SenderFault,
});

describe('createSnsNotifier', () => {
  it('keeps requests within ten entries and 256 KiB', async () => {
    const { client, requests } = topic(() => []);
    const all = [...messages(23), ...messages(5, 100_000).map((one) => ({ ...one, id: `large-${one.id}` }))];
    const report = await createSnsNotifier({ client, ...options }).publish(all);
    expect(requests.map(({ PublishBatchRequestEntries: entries = [] }) => entries.length)).toEqual([
      10, 10, 5, 2, 1,
    ]);
    expect(report).toEqual({ published: all.map(({ id }) => id), failed: [] });
    for (const { PublishBatchRequestEntries: entries = [] } of requests)
      expect(entries.reduce((sum, { Message = '' }) => sum + Message.length, 0)).toBeLessThan(262_144);
  });

  it('sends again only what failed and may pass, with pauses', async () => {
    const { client, requests } = topic((_, request) =>
      request === 1 ? [fault('1'), fault('3', true)] : request === 2 ? [fault('0')] : [],
    );
    const report = await createSnsNotifier({ client, ...options }).publish(messages(5));
    expect(
      requests.map(({ PublishBatchRequestEntries: entries = [] }) =>
        entries.map(({ Message }) => Message?.[0]).join(''),
      ),
    ).toEqual(['01234', '1', '1']);
    expect(report).toEqual({
      published: ['notice-0', 'notice-1', 'notice-2', 'notice-4'],
      failed: [{ id: 'notice-3', reason: 'InternalError: later' }],
    });
    expect(pauses.every((one) => one >= 0 && one <= 200)).toBe(true);
  });

  it('gives up after its attempts, and says what was not published', async () => {
    const { client, requests } = topic((bodies) => bodies.map((_, index) => fault(String(index))));
    const report = await createSnsNotifier({ client, ...options, attempts: 3 }).publish(messages(2));
    expect(requests).toHaveLength(3);
    expect(report).toEqual({
      published: [],
      failed: messages(2).map(({ id }) => ({ id, reason: 'InternalError: later' })),
    });
  });

  it('reports a message that no request can hold, and a request that fails as a whole', async () => {
    const denied = {
      send: async () => Promise.reject(new Error('AuthorizationError')),
    } as unknown as SNSClient;
    const [large] = messages(1, 262_144);
    const report = await createSnsNotifier({ client: denied, ...options }).publish([
      { ...(large as Message), id: 'large' },
      ...messages(1),
    ]);
    expect(report.published).toEqual([]);
    expect(report.failed).toEqual([
      { id: 'large', reason: expect.stringContaining('more than 262144') },
      { id: 'notice-0', reason: 'Error: AuthorizationError' },
    ]);
  });

  it('gives groups and ids to a FIFO topic, and the id to every subscriber', async () => {
    const { client, requests } = topic(() => []);
    await createSnsNotifier({ client, ...options, topicArn: `${options.topicArn}.fifo` }).publish(
      messages(1),
    );
    await createSnsNotifier({ client, ...options }).publish(messages(1));
    const [fifo, standard] = requests.map(({ PublishBatchRequestEntries: [entry] = [] }) => entry);
    expect(fifo).toMatchObject({ MessageGroupId: 'g', MessageDeduplicationId: 'notice-0' });
    expect(standard).not.toHaveProperty('MessageGroupId');
    expect(standard?.MessageAttributes).toEqual({
      kind: { DataType: 'String', StringValue: 'many-actions' },
      notice: { DataType: 'String', StringValue: 'notice-0' },
    });
  });
});
