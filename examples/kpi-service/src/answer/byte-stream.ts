import { AsyncLocalStorage } from 'node:async_hooks';

/** What ends a stream early, and who hears of it. */
export interface ByteStreamOptions {
  /** Ends the stream, whether or not somebody reads it: a reader that stands still would keep others from the engine. */
  readonly signal: AbortSignal;
  /** Takes what failed after the first part. */
  readonly onError: (error: unknown) => void;
}

/**
 * Bytes as a body, produced as they are read. The first part is made before this returns, so that what fails until then is a refusal
 * with a status. What fails later ends the connection: a reader does not take a part for the whole. A reader that leaves stops the engine.
 */
export async function byteStream(
  parts: AsyncIterator<Uint8Array>,
  { signal, onError }: ByteStreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  let first: IteratorResult<Uint8Array> | undefined = await parts.next();
  // The reader pulls from a context of its own; the tenant of the question is that of this one.
  const inContext = AsyncLocalStorage.snapshot();
  const leave = async (): Promise<void> => {
    await inContext(() => parts.return?.());
  };
  let stop: () => void = () => undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      stop = () => {
        controller.error(signal.reason);
        onError(signal.reason);
        leave().catch(onError);
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    },
    async pull(controller) {
      try {
        const { done, value } = first ?? (await inContext(() => parts.next()));
        first = undefined;
        // Nothing more is to be told to a reader that was cut off meanwhile.
        if (signal.aborted) return;
        if (done !== true) return controller.enqueue(value);
        signal.removeEventListener('abort', stop);
        controller.close();
      } catch (error) {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) return;
        onError(error);
        throw error;
      }
    },
    async cancel() {
      signal.removeEventListener('abort', stop);
      await leave();
    },
  });
}

const encoder = new TextEncoder();
const partLength = 32_768;

/** Rows as JSON, one a line, in parts of some kilobytes. */
export async function* jsonLines(rows: AsyncIterable<object>): AsyncGenerator<Uint8Array, void, undefined> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < partLength) continue;
    yield encoder.encode(text);
    text = '';
  }
  // An empty answer has a first part as well.
  yield encoder.encode(text);
}
