import type { IoMessage, IoRequest, StackActivity, Toolkit } from '@aws-cdk/toolkit-lib';

/** What the toolkit does, as far as somebody who waits wants to see it. */
export interface ToolkitEvents {
  /** A resource, or the stack itself, is another step on. */
  readonly onActivity?: (activity: StackActivity) => void;
  /** Stops waiting. What CloudFormation has begun goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** Thrown inside the toolkit to leave its loop of waiting. */
class StoppedWaiting extends Error {
  override readonly name = 'StoppedWaiting';
}

/**
 * The toolkit of the CDK without a voice: it prints nothing and asks nothing, since whoever calls it has shown the plan and asked already.
 * Credentials are found as the AWS CLI finds them.
 */
export async function quietToolkit({ onActivity, signal }: ToolkitEvents = {}): Promise<Toolkit> {
  const { Toolkit } = await import('@aws-cdk/toolkit-lib');
  return new Toolkit({
    color: false,
    emojis: false,
    ioHost: {
      async notify(message) {
        if (isActivity(message)) onActivity?.(message.data);
        // The toolkit takes no signal. It says so each time that it has looked and goes on waiting; an error ends that loop.
        if (signal?.aborted && isWaiting(message)) throw new StoppedWaiting();
      },
      // Answers a question of any kind, so its type is the question's: every question of these actions is a yes or no.
      requestResponse: async <Data, Answer>({ defaultResponse }: IoRequest<Data, Answer>): Promise<Answer> =>
        typeof defaultResponse === 'boolean' ? (true as Answer) : defaultResponse,
    },
  });
}

// https://docs.aws.amazon.com/cdk/api/toolkit-lib/message-registry/
const isActivity = (message: IoMessage<unknown>): message is IoMessage<StackActivity> =>
  message.code === 'CDK_TOOLKIT_I5502';

const isWaiting = ({ level, code, action }: IoMessage<unknown>): boolean =>
  level === 'debug' && code === undefined && (action === 'deploy' || action === 'destroy');
