import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { StreamClients } from './stream-clients.ts';

/**
 * Takes the messages that are in a queue. The queue is subscribed to the topic with raw delivery, so that a body is what was published.
 *
 * @param onMessage is called with each message; the queue may deliver one twice, and then it is called twice
 */
export async function takeMessages(
  { sqs }: Pick<StreamClients, 'sqs'>,
  queueUrl: string,
  onMessage: (message: { readonly body: string }) => void,
): Promise<void> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return;
    for (const { Body } of Messages) if (Body !== undefined) onMessage({ body: Body });
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
}
