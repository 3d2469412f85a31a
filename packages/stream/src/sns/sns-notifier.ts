import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notifier, PublishReport } from '../notify/notifier.ts';
import { type SizedEntry, snsBatches, snsEntry, snsLimits } from './message-batches.ts';

/** Where a notifier publishes. */
export interface SnsNotifierOptions {
  readonly client: Pick<SNSClient, 'send'>;
  /** A standard topic, or a FIFO topic, whose name ends with `.fifo`. */
  readonly topicArn: string;
  /** How often a message is tried. Defaults to 5. */
  readonly attempts?: number;
  /** Waits so many milliseconds. For tests. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** The pause before the second attempt is up to this long, in milliseconds; each later one up to twice as long, up to 5 s. */
const firstPause = 100;
const longestPause = 5000;

/**
 * A notifier of a topic of SNS. Messages go in batches within the service's limits. Those that SNS did not take through no fault of
 * theirs are sent again, after pauses with full jitter; the client itself repeats requests that failed as a whole.
 *
 * Every message has its attributes, and `notice`, its id. A subscription filters by attributes:
 * `{"severity":["critical"],"kind":[{"prefix":"many-"}]}`. At most once is not promised: a subscriber of a standard topic drops a
 * message whose `notice` it has seen.
 *
 * @example createSnsNotifier({ client: new SNSClient(), topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts' })
 */
export function createSnsNotifier({
  client,
  topicArn,
  attempts = 5,
  pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}: SnsNotifierOptions): Notifier {
  const isFifo = topicArn.endsWith('.fifo');

  /** Sends a request, and gives the entries that were not taken: why, and whether another attempt may help. */
  async function send(batch: readonly SizedEntry[]): Promise<Refused[]> {
    try {
      const entries = batch.map(({ entry }, index) => ({ ...entry, Id: String(index) }));
      const { Failed = [] } = await client.send(
        new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }),
      );
      return Failed.flatMap(({ Id, Code, Message, SenderFault = false }) => {
        const entry = batch[Number(Id)];
        return entry ? [{ entry, reason: `${Code}: ${Message}`, isFinal: SenderFault }] : [];
      });
    } catch (error) {
      // The client has repeated it as often as it helps.
      return batch.map((entry) => ({ entry, reason: String(error), isFinal: true }));
    }
  }

  return {
    async publish(messages): Promise<PublishReport> {
      const entries = messages.map((message) => snsEntry(message, isFifo));
      const refused = new Map<string, string>();
      let waiting = entries.filter(({ message, bytes }) => {
        if (bytes > snsLimits.bytes)
          refused.set(message.id, `has ${bytes} bytes, more than ${snsLimits.bytes}`);
        return bytes <= snsLimits.bytes;
      });
      for (let attempt = 1; waiting.length > 0; attempt++) {
        const again: SizedEntry[] = [];
        for (const batch of snsBatches(waiting))
          for (const { entry, reason, isFinal } of await send(batch)) {
            if (isFinal || attempt === attempts) refused.set(entry.message.id, reason);
            else again.push(entry);
          }
        waiting = again;
        if (waiting.length > 0)
          await pause(Math.random() * Math.min(longestPause, firstPause * 2 ** (attempt - 1)));
      }
      return {
        published: messages.map(({ id }) => id).filter((id) => !refused.has(id)),
        failed: [...refused].map(([id, reason]) => ({ id, reason })),
      };
    },
  };
}

interface Refused {
  readonly entry: SizedEntry;
  readonly reason: string;
  readonly isFinal: boolean;
}
